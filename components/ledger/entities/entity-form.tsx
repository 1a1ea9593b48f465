'use client'

import { Plus } from 'lucide-react'
import { startTransition, useActionState, useEffect, useRef, useState } from 'react'
import { useUnsavedWarning } from '@/components/collection/drafts/use-unsaved-warning'
import { Field } from '@/components/form/field'
import { formMessage } from '@/components/forwarding/form-message'
import { SaveButtons } from '@/components/forwarding/save-buttons'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import { BLANK_FORM, type FormAction, type FormState } from '@/lib/errors/form-state'
import { ENTITY_LABELS, ENTITY_TYPES, type EntityType, LINKS } from '@/lib/ledger/entity-types'
import { type EntityDraft, inputOf, type RecordDraft, withNextRecord, withType } from './entity-draft'
import type { SuggestEntities } from './entity-picker'
import { RecordFields } from './record-fields'

type Props = {
  begin: EntityDraft
  /** Of one that is there already. */
  entity?: { id: string; updatedAt: string }
  /** Display names of the keys that it links to. */
  known: Readonly<Record<string, string>>
  save: FormAction<never>
  suggest: SuggestEntities
  cancelHref: string
}

/** Who or what an entity is: key, name, attributes and links, for each period that is known of it. */
export function EntityForm({ begin, entity, known, save, suggest, cancelHref }: Props) {
  const [state, send, isPending] = useActionState<FormState<never>, FormData>(save, BLANK_FORM)
  const form = useRef<HTMLFormElement>(null)
  // Held here, so that a refused form keeps what was entered.
  const [draft, setDraft] = useState(begin)
  useUnsavedWarning(draft !== begin && !isPending)
  const errors: Record<string, string | undefined> = state.ok === false ? state.errors : {}
  useEffect(() => {
    if (state.ok === false) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [state])

  const { type, key, records } = draft
  const change = (id: number, part: Partial<RecordDraft>) =>
    setDraft((before) => ({
      ...before,
      records: before.records.map((record) => (record.id === id ? { ...record, ...part } : record)),
    }))
  const remove = (id: number) =>
    setDraft((before) => ({ ...before, records: before.records.filter((record) => record.id !== id) }))

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const data = new FormData()
        const whole = {
          ...inputOf(draft),
          ...(entity && { id: entity.id, unchangedSince: entity.updatedAt }),
        }
        data.set('input', JSON.stringify(whole))
        startTransition(() => send(data))
      }}
      className="flex max-w-2xl flex-col gap-5"
    >
      {state.ok === false && (
        <Notice kind="error">{formMessage(state.message, errors, shownNames(draft))}</Notice>
      )}
      {!entity && (
        <Field label="Type" error={errors.type}>
          {(control) => (
            <Select
              {...control}
              value={type}
              onChange={({ target }) => setDraft(withType(draft, target.value as EntityType))}
            >
              {ENTITY_TYPES.map((one) => (
                <option key={one} value={one}>
                  {ENTITY_LABELS[one].one}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field
        label="Key"
        optional={!entity && 'repository' in LINKS[type]}
        error={errors.key}
        hint={keyHint(type, entity !== undefined)}
      >
        {(control) => (
          <Input
            {...control}
            value={key}
            spellCheck={false}
            autoCapitalize="off"
            className="literal"
            onChange={({ target }) => setDraft({ ...draft, key: target.value })}
          />
        )}
      </Field>
      {records.map((record, index) => (
        <fieldset
          key={record.id}
          className={
            records.length > 1
              ? 'flex min-w-0 flex-col gap-5 rounded-lg border border-line px-4 pt-2 pb-4'
              : 'flex min-w-0 flex-col gap-5'
          }
        >
          <legend className={records.length > 1 ? 'px-1 font-semibold text-sm' : 'sr-only'}>
            {records.length > 1 ? `Period ${index + 1}` : 'What is known'}
          </legend>
          <RecordFields
            type={type}
            record={record}
            onChange={(part) => change(record.id, part)}
            onRemove={records.length > 1 ? () => remove(record.id) : undefined}
            errors={errorsOf(errors, index)}
            suggest={suggest}
            known={known}
          />
        </fieldset>
      ))}
      {entity && (
        <div>
          <Button onClick={() => setDraft(withNextRecord(draft, new Date().toISOString()))}>
            <Plus aria-hidden />
            From now on something else
          </Button>
          <p className="mt-1 text-pretty text-quiet text-xs">
            Adds a period, so that events of before keep what was true when they happened.
          </p>
        </div>
      )}
      <SaveButtons
        label={entity ? 'Save changes' : `Add ${ENTITY_LABELS[type].one.toLowerCase()}`}
        isPending={isPending}
        cancelHref={cancelHref}
      />
    </form>
  )
}

function keyHint(type: EntityType, isSaved: boolean): string {
  if (isSaved) return 'What links and files call it. Upper and lower case are the same.'
  return 'repository' in LINKS[type]
    ? 'What links and files call it. Left blank: made of repository and name, THESHIRE\\wardog.'
    : 'What links and files call it: a personnel number, a short name. Upper and lower case are the same.'
}

/** Of one period, by the place in it. */
function errorsOf(
  errors: Record<string, string | undefined>,
  index: number,
): Record<string, string | undefined> {
  const start = `records/${index}/`
  return Object.fromEntries(
    Object.entries(errors).flatMap(([place, detail]) =>
      place.startsWith(start) ? [[place.slice(start.length), detail]] : [],
    ),
  )
}

/** Places whose complaints stand beside their fields. */
function shownNames({ type, records }: EntityDraft): string[] {
  const inRecord = [
    'displayName',
    'attributes',
    'validFrom',
    'validTo',
    ...Object.keys(LINKS[type]).map((name) => `links/${name}`),
  ]
  return ['type', 'key', ...records.flatMap((_, index) => inRecord.map((name) => `records/${index}/${name}`))]
}
