'use client'

import { startTransition, useActionState, useEffect, useRef, useState } from 'react'
import { Field } from '@/components/form/field'
import { formMessage } from '@/components/forwarding/form-message'
import { SaveButtons } from '@/components/forwarding/save-buttons'
import { Checkbox } from '@/components/ui/checkbox'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { Textarea } from '@/components/ui/textarea'
import type { PlanView } from '@/lib/collection/plans/plan-view'
import { BLANK_FORM, type FormAction, type FormState } from '@/lib/errors/form-state'
import { ScheduleField } from './schedule-field'
import { SiloOrderField } from './silo-order-field'

type Props = {
  /** Left out for a new one. */
  plan?: PlanView
  silos: readonly string[]
  timeZone: string
  save: FormAction<never>
  cancelHref: string
}

const FIELDS = ['name', 'note', 'silos', 'schedule', 'enabled']

/** Silos in an order, and when they are collected. */
export function PlanForm({ plan, silos, timeZone, save, cancelHref }: Props) {
  const [state, send, isPending] = useActionState<FormState<never>, FormData>(save, BLANK_FORM)
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState({
    name: plan?.name ?? '',
    note: plan?.note ?? '',
    silos: plan?.silos ?? ([] as readonly string[]),
    schedule: plan?.schedule ?? '',
    enabled: plan?.enabled ?? true,
  })
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }))
  const errors: Record<string, string | undefined> = state.ok === false ? state.errors : {}
  useEffect(() => {
    if (state.ok === false) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [state])
  const input = {
    ...draft,
    schedule: draft.schedule.trim() || null,
    ...(plan && { id: plan.id, unchangedSince: plan.updatedAt.toISOString() }),
  }

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const data = new FormData()
        data.set('input', JSON.stringify(input))
        startTransition(() => send(data))
      }}
      className="flex max-w-2xl flex-col gap-5"
    >
      {state.ok === false && <Notice kind="error">{formMessage(state.message, errors, FIELDS)}</Notice>}
      <Field label="Name" error={errors.name}>
        {(control) => (
          <Input
            className="max-w-96"
            maxLength={80}
            autoComplete="off"
            value={draft.name}
            onChange={({ target }) => change({ name: target.value })}
            {...control}
          />
        )}
      </Field>
      <SiloOrderField
        value={draft.silos}
        known={silos}
        error={errors.silos}
        onChange={(chosen) => change({ silos: chosen })}
      />
      <ScheduleField
        value={draft.schedule}
        timeZone={timeZone}
        error={errors.schedule}
        onChange={(schedule) => change({ schedule })}
      />
      <Checkbox
        label="Switched on"
        hint="Switched off, it runs only when somebody says so."
        checked={draft.enabled}
        onChange={({ target }) => change({ enabled: target.checked })}
      />
      <Field label="Note" optional error={errors.note}>
        {(control) => (
          <Textarea
            maxLength={500}
            rows={2}
            value={draft.note}
            onChange={({ target }) => change({ note: target.value })}
            {...control}
          />
        )}
      </Field>
      <SaveButtons
        label={plan ? 'Save changes' : 'Create plan'}
        isPending={isPending}
        cancelHref={cancelHref}
      />
    </form>
  )
}
