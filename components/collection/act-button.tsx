'use client'

import { type ReactNode, useTransition } from 'react'
import { runAction } from '@/components/form/run-action'
import { useKeptFocus } from '@/components/form/use-kept-focus'
import { Button } from '@/components/ui/button'
import type { ButtonVariant } from '@/components/ui/button-style'
import { showToast } from '@/components/ui/toast'
import type { FormAction } from '@/lib/errors/form-state'

type Props<Result> = {
  action: FormAction<Result>
  fields: Record<string, string>
  pendingLabel: string
  /** What is said once it is done; left out where the page shows it. */
  done?: string
  size?: 'sm' | 'md'
  variant?: ButtonVariant
  children: ReactNode
}

/** An act that needs nothing but to be wanted, and can be taken back or does no harm. */
export function ActButton<Result>(props: Props<Result>) {
  const { action, fields, pendingLabel, done, size, variant, children } = props
  const [pending, startTransition] = useTransition()
  const button = useKeptFocus(pending)
  function act() {
    startTransition(async () => {
      const answer = await runAction(action, fields)
      if (answer.ok === false) showToast('It did not work', answer.message)
      else if (done) showToast(done)
    })
  }
  return (
    <Button ref={button} size={size} variant={variant} disabled={pending} onClick={act}>
      {pending ? pendingLabel : children}
    </Button>
  )
}
