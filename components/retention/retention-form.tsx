'use client'

import { Plus, X } from 'lucide-react'
import { startTransition, useActionState, useState } from 'react'
import { Field } from '@/components/form/field'
import { FieldGroup } from '@/components/form/field-group'
import { fieldsOf } from '@/components/form/fields-of'
import { useKeptFocus } from '@/components/form/use-kept-focus'
import { ReasonField } from '@/components/integrity/reason-field'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { showToast } from '@/components/ui/toast'
import { BLANK_FORM, type FormAction, type FormState } from '@/lib/errors/form-state'
import type { Retention } from '@/lib/retention/retention'

type TypeRow = { key: number; type: string; days: string }

type Props = {
  retention: Pick<Retention, 'days' | 'types'>
  knownTypes: readonly string[]
  action: FormAction<void>
}

/** How long events are kept: all of them, and single types for a shorter time. */
export function RetentionForm({ retention, knownTypes, action }: Props) {
  const [state, send, isPending] = useActionState<FormState<void>, FormData>(async (before, form) => {
    const answer = await action(before, form)
    if (answer.ok) showToast('Retention is saved', 'It is applied within six hours.')
    return answer
  }, BLANK_FORM)
  const button = useKeptFocus(isPending)
  const { message, errors, values } = fieldsOf(state)
  const [days, setDays] = useState(String(retention.days ?? ''))
  const [rows, setRows] = useState<TypeRow[]>(
    retention.types.map(({ type, days: own }, key) => ({ key, type, days: String(own) })),
  )
  const [asked, setAsked] = useState<FormData>()
  const change = (key: number, part: Partial<TypeRow>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        // What is refused for certain needs no question before.
        if (form.get('reason') && rows.every(isWhole)) setAsked(form)
        else startTransition(() => send(form))
      }}
      className="flex flex-col gap-5"
    >
      {message && <Notice kind="error">{message}</Notice>}
      <Field
        label="Keep all events for … days"
        optional
        error={errors.days}
        hint="Counted from their receipt. Empty: for ever."
      >
        {(control) => (
          <Input
            {...control}
            name="days"
            type="number"
            inputMode="numeric"
            min={1}
            max={36_500}
            placeholder="for ever"
            className="max-w-40"
            value={days}
            onChange={({ target }) => setDays(target.value)}
          />
        )}
      </Field>
      <FieldGroup
        legend="Single types, for a shorter time"
        hint="Their events are emptied then, and keep their place: the trail stays without gaps."
        error={errors.types}
      >
        <datalist id="retention-types">
          {knownTypes.map((type) => (
            <option key={type} value={type} />
          ))}
        </datalist>
        <div className="flex flex-col gap-2">
          {rows.map(({ key, type, days: own }) => (
            <div key={key} className="flex max-w-md items-center gap-2">
              {(type || own) && <input type="hidden" name="types[]" value={`${type} ${own}`} />}
              <Input
                aria-label="Type"
                list="retention-types"
                placeholder="type"
                autoComplete="off"
                spellCheck={false}
                value={type}
                onChange={({ target }) => change(key, { type: target.value })}
              />
              <Input
                aria-label={`Days for ${type || 'this type'}`}
                type="number"
                inputMode="numeric"
                min={1}
                placeholder="days"
                className="max-w-28"
                value={own}
                onChange={({ target }) => change(key, { days: target.value })}
              />
              <IconButton
                label={`Take ${type || 'this type'} out`}
                onClick={() => setRows(rows.filter((row) => row.key !== key))}
              >
                <X aria-hidden />
              </IconButton>
            </div>
          ))}
          <div>
            <Button
              size="sm"
              onClick={() =>
                setRows([
                  ...rows,
                  { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, type: '', days: '' },
                ])
              }
            >
              <Plus aria-hidden />
              Add a type
            </Button>
          </div>
        </div>
      </FieldGroup>
      <ReasonField error={errors.reason} value={values.reason} />
      <div>
        <Button ref={button} type="submit" variant="primary" disabled={isPending}>
          {isPending ? 'Saving …' : 'Save retention'}
        </Button>
      </div>
      <ConfirmDialog
        title="Change how long events are kept?"
        confirm="Save retention"
        open={asked !== undefined}
        onOpenChange={(open) => !open && setAsked(undefined)}
        onConfirm={async () => {
          if (asked) send(asked)
          return { ok: true }
        }}
      >
        <p>{describeKept(days, rows)}</p>
        {(days || rows.some(({ type }) => type)) && (
          <p className="mt-2">
            What is older goes for ever, a first time within six hours. Its hashes stay, so that everything
            else stays provable, and what was exported before.
          </p>
        )}
      </ConfirmDialog>
    </form>
  )
}

const inDays = (days: string) => `${days} ${days === '1' ? 'day' : 'days'}`

/** A row that nothing was written into is none. */
const isWhole = ({ type, days }: TypeRow) => (type === '') === (days === '')

function describeKept(days: string, rows: TypeRow[]): string {
  const all = days ? `All events are kept for ${inDays(days)}` : 'All events are kept for ever'
  const named = rows.filter(({ type, days: own }) => type && own)
  if (named.length === 0) return `${all}.`
  return `${all}; ${named.map(({ type, days: own }) => `${type} for ${inDays(own)}`).join(', ')}.`
}
