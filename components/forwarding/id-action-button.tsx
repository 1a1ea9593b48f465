'use client'

import { type ReactNode, useTransition } from 'react'
import { runAction } from '@/components/form/run-action'
import { useKeptFocus } from '@/components/form/use-kept-focus'
import { Button } from '@/components/ui/button'
import { showToast } from '@/components/ui/toast'
import type { FormAction } from '@/lib/errors/form-state'

type Props = {
  id: string
  action: FormAction<void>
  /** What the action wants to know besides. */
  more?: Record<string, string>
  pendingLabel: string
  /** What is said once it is done. */
  done: string
  size?: 'sm' | 'md'
  children: ReactNode
}

/** An act that needs nothing but to be wanted, and can be taken back or does no harm. */
export function IdActionButton({ id, action, more, pendingLabel, done, size, children }: Props) {
  const [pending, startTransition] = useTransition()
  const button = useKeptFocus(pending)
  function act() {
    startTransition(async () => {
      const answer = await runAction(action, { id, ...more })
      if (answer.ok === false) showToast('It did not work', answer.message)
      else showToast(done)
    })
  }
  return (
    <Button ref={button} size={size} disabled={pending} onClick={act}>
      {pending ? pendingLabel : children}
    </Button>
  )
}
