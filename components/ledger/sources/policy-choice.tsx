'use client'

import { useOptimistic, useTransition } from 'react'
import { runJson } from '@/components/collection/drafts/run-json'
import { showToast } from '@/components/ui/toast'
import type { FormAction } from '@/lib/errors/form-state'
import { PolicySelect } from './policy-select'

export type PolicyOption = { id: string; name: string; isDefault: boolean }

type Props = {
  origin: string
  label: string
  /** A policy’s id, `default` or `none`. */
  value: string
  policies: readonly PolicyOption[]
  setSource: FormAction<void>
}

/** Gives a source another policy at once; its names are then matched again in the background. */
export function PolicyChoice({ origin, label, value, policies, setSource }: Props) {
  const [shown, show] = useOptimistic(value)
  const [isPending, startTransition] = useTransition()
  function choose(policy: string) {
    startTransition(async () => {
      show(policy)
      const answer = await runJson(setSource, { origin, policy })
      if (answer.ok === false) showToast('It did not work', answer.message)
      else showToast(`${label} has another policy`, 'Its names are matched again.')
    })
  }
  return (
    <PolicySelect
      aria-label={`Policy of ${label}`}
      aria-busy={isPending || undefined}
      value={shown}
      policies={policies}
      onChange={({ target }) => choose(target.value)}
    />
  )
}
