'use client'

import { useRouter } from 'next/navigation'
import { startTransition, useActionState, useEffect, useRef, useState } from 'react'
import { sendJson } from '@/components/collection/drafts/run-json'
import { Field } from '@/components/form/field'
import { FieldGroup } from '@/components/form/field-group'
import { useIsReady } from '@/components/form/use-is-ready'
import { useKeptFocus } from '@/components/form/use-kept-focus'
import { MomentInput } from '@/components/ledger/moment-input'
import { Button } from '@/components/ui/button'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { RadioOption } from '@/components/ui/radio-option'
import { Select } from '@/components/ui/select'
import { useTimeZone } from '@/components/ui/time-zone'
import { BLANK_FORM, type FormState } from '@/lib/errors/form-state'
import { ENTITY_LABELS, ENTITY_TYPES, type EntityType } from '@/lib/ledger/entity-types'
import type { RefusedImport } from '@/lib/ledger/imports/import-view'
import { ColumnHelp } from './column-help'
import { type ChosenText, FileChoice } from './file-choice'
import { exampleOf } from './file-columns'
import { ImportProblems } from './import-problems'

type Previewed = { id: string } | RefusedImport

type Props = {
  type: EntityType
  /** Of the section. */
  path: string
  previewUrl: string
}

/** A file of entities, and how it is meant. Nothing changes before what it would change was shown. */
export function ImportForm({ type: begin, path, previewUrl }: Props) {
  const router = useRouter()
  const timeZone = useTimeZone()
  const isReady = useIsReady()
  const [type, setType] = useState(begin)
  const [mode, setMode] = useState<'full' | 'delta'>('delta')
  const [isDated, setIsDated] = useState(false)
  const [effectiveFrom, setEffectiveFrom] = useState('')
  const [chosen, setChosen] = useState<ChosenText>({ name: '', text: '' })
  const [state, send, isPending] = useActionState<FormState<Previewed>, FormData>(async (before, form) => {
    const answer = await sendJson<Previewed>(previewUrl)(before, form)
    if (answer.ok && answer.result.id !== null) router.push(`${path}/imports/${answer.result.id}`)
    return answer
  }, BLANK_FORM)
  const button = useKeptFocus(isPending)
  const form = useRef<HTMLFormElement>(null)
  const errors: Record<string, string | undefined> = state.ok === false ? state.errors : {}
  useEffect(() => {
    if (state.ok === false) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [state])
  const refused = state.ok && state.result.id === null ? state.result : undefined
  const { one, many } = ENTITY_LABELS[type]

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const data = new FormData()
        const input = {
          type,
          mode,
          effectiveFrom: isDated ? effectiveFrom : null,
          name: chosen.name,
          content: chosen.text,
        }
        data.set('input', JSON.stringify(input))
        startTransition(() => send(data))
      }}
      className="flex max-w-3xl flex-col gap-5"
    >
      {state.ok === false && <Notice kind="error">{state.message}</Notice>}
      {refused && <ImportProblems problems={refused.problems} />}
      <Field label="What it holds" error={errors.type}>
        {(control) => (
          <Select
            {...control}
            className="sm:max-w-72"
            value={type}
            onChange={({ target }) => setType(target.value as EntityType)}
          >
            {ENTITY_TYPES.map((each) => (
              <option key={each} value={each}>
                {ENTITY_LABELS[each].many}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <FileChoice chosen={chosen} onChange={setChosen} error={errors.content} example={exampleOf(type)} />
      <ColumnHelp type={type} />
      <FieldGroup legend={`Is this every ${one.toLowerCase()}, or a part of them?`} error={errors.mode}>
        <RadioOption
          name="mode"
          checked={mode === 'delta'}
          onChange={() => setMode('delta')}
          label="A part: add and change what it names"
          hint={`${many} that it does not name stay as they are.`}
        />
        <RadioOption
          name="mode"
          checked={mode === 'full'}
          onChange={() => setMode('full')}
          label="Every one: replace what is there"
          hint={`${many} that it does not name go. You see which ones before anything changes.`}
        />
      </FieldGroup>
      <FieldGroup legend="Since when does it hold?">
        <RadioOption
          name="since"
          checked={!isDated}
          onChange={() => setIsDated(false)}
          label="Always"
          hint="Also events of before are shown by it."
        />
        <RadioOption
          name="since"
          checked={isDated}
          onChange={() => setIsDated(true)}
          label="From a date on"
          hint="Events of before keep what was known then."
        />
      </FieldGroup>
      {isDated && (
        <Field label="Holds from" error={errors.effectiveFrom} hint={`In ${timeZone}.`}>
          {(control) => <MomentInput control={control} value={effectiveFrom} onChange={setEffectiveFrom} />}
        </Field>
      )}
      <noscript>
        <Notice kind="warning">This form needs JavaScript.</Notice>
      </noscript>
      <div className="flex gap-2">
        <Button ref={button} type="submit" variant="primary" disabled={isPending || !isReady}>
          {isPending ? 'Reading …' : 'Show what would change'}
        </Button>
        <LinkButton href={`${path}/imports`}>Cancel</LinkButton>
      </div>
    </form>
  )
}
