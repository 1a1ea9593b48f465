'use client'

import { useActionState, useState } from 'react'
import { Field } from '@/components/form/field'
import { FieldGroup } from '@/components/form/field-group'
import { SecretInput } from '@/components/form/secret-input'
import { SubmitButton } from '@/components/form/submit-button'
import { Input } from '@/components/ui/input'
import { LevelMark } from '@/components/ui/level-mark'
import { LinkButton } from '@/components/ui/link-button'
import { MultiSelect } from '@/components/ui/multi-select'
import { Notice } from '@/components/ui/notice'
import { RadioOption } from '@/components/ui/radio-option'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { BLANK_FORM, type FormAction, type FormState } from '@/lib/errors/form-state'
import { LEVEL_MEANINGS, LEVELS } from '@/lib/event/levels'
import { PresetPicker } from './preset-picker'
import { DATADOG_URLS, type Preset, presetOf } from './presets'

export type DestinationFields = {
  id?: string
  url: string
  apiHeaderName: string
  hasApiKey: boolean
  types: readonly string[]
  levels: readonly string[]
  body: string
  note: string
}

const BLANK: DestinationFields = {
  url: '',
  apiHeaderName: '',
  hasApiKey: false,
  types: [],
  levels: [],
  body: 'auto',
  note: '',
}

const LEVEL_OPTIONS = LEVELS.map((value) => ({
  value,
  hint: LEVEL_MEANINGS[value],
  mark: <LevelMark level={value} />,
}))

type Props = {
  action: FormAction<never>
  /** The destination as it is; left out for a new one. */
  destination?: DestinationFields
  knownTypes: readonly string[]
  cancelHref: string
}

/** Where events go, which of them, and in what form. */
export function DestinationForm({ action, destination: before = BLANK, knownTypes, cancelHref }: Props) {
  const [state, submit] = useActionState<FormState<never>, FormData>(action, BLANK_FORM)
  // Held here, so that a refused form keeps what was entered, the key included.
  const [fields, setFields] = useState({ ...before, apiKey: '', start: 'now' })
  const [preset, setPreset] = useState(presetOf(before.url))
  const errors: Record<string, string> = state.ok === false ? state.errors : {}

  const bind = (name: 'url' | 'apiHeaderName' | 'apiKey' | 'note' | 'body') => ({
    name,
    value: fields[name],
    onChange: ({ target }: { target: { value: string } }) => setFields({ ...fields, [name]: target.value }),
  })

  function choose(next: Preset) {
    setPreset(next)
    const isUntouched = fields.url === '' || fields.url === preset.url
    setFields({ ...fields, apiHeaderName: next.headerName, url: isUntouched ? next.url : fields.url })
  }

  return (
    <form action={submit} noValidate className="flex max-w-xl flex-col gap-5">
      {state.ok === false && <Notice kind="error">{state.message}</Notice>}
      {before.id ? (
        <input type="hidden" name="id" value={before.id} />
      ) : (
        <PresetPicker chosen={preset.id} onChoose={choose} />
      )}
      <Field label="URL" hint={preset.urlHint} error={errors.url}>
        {(control) => (
          <Input
            type="url"
            inputMode="url"
            list={preset.id === 'datadog' ? 'datadog-urls' : undefined}
            placeholder="https://logs.example.com/ingest"
            spellCheck={false}
            {...bind('url')}
            {...control}
          />
        )}
      </Field>
      <datalist id="datadog-urls">
        {DATADOG_URLS.map((url) => (
          <option key={url} value={url} />
        ))}
      </datalist>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="API Header Name" optional error={errors.apiHeaderName}>
          {(control) => (
            <Input
              placeholder="Authorization"
              spellCheck={false}
              autoComplete="off"
              {...bind('apiHeaderName')}
              {...control}
            />
          )}
        </Field>
        <Field
          label="API Key"
          optional
          hint={before.hasApiKey ? 'Stored and never shown. Leave empty to keep it.' : preset.keyHint}
          error={errors.apiKey}
        >
          {(control) => (
            <SecretInput
              autoComplete="off"
              placeholder={before.hasApiKey ? 'unchanged' : undefined}
              {...bind('apiKey')}
              {...control}
            />
          )}
        </Field>
      </div>
      <Field
        label="Log Types"
        hint="Only events of these types are forwarded; none chosen means all."
        error={errors.types}
      >
        {(control) => (
          <MultiSelect
            name="types[]"
            options={knownTypes.map((value) => ({ value }))}
            defaultValue={before.types}
            placeholder="All types"
            allowOther
            {...control}
          />
        )}
      </Field>
      <Field
        label="Log Levels"
        hint="Only events of these levels are forwarded; none chosen means all."
        error={errors.levels}
      >
        {(control) => (
          <MultiSelect
            name="levels[]"
            options={LEVEL_OPTIONS}
            defaultValue={before.levels}
            placeholder="All levels"
            {...control}
          />
        )}
      </Field>
      <Field
        label="Body"
        hint="The format that the receiver expects. Automatic knows Splunk and Datadog by their addresses."
        error={errors.body}
      >
        {(control) => (
          <Select {...bind('body')} {...control}>
            <option value="auto">Automatic</option>
            <option value="json_array">JSON array</option>
            <option value="ndjson">NDJSON: one event a line</option>
          </Select>
        )}
      </Field>
      {!before.id && (
        <FieldGroup legend="Start" error={errors.start}>
          <RadioOption
            name="start"
            value="now"
            defaultChecked
            label="From now"
            hint="Events that arrive after this."
          />
          <RadioOption
            name="start"
            value="beginning"
            label="From the beginning"
            hint="The whole trail, oldest first, then what arrives."
          />
        </FieldGroup>
      )}
      <Field label="Note" optional error={errors.note}>
        {(control) => <Textarea maxLength={500} rows={2} {...bind('note')} {...control} />}
      </Field>
      <div className="flex gap-2">
        <SubmitButton pendingLabel="Saving …">
          {before.id ? 'Save changes' : 'Add Forwarding Destination'}
        </SubmitButton>
        <LinkButton href={cancelHref}>Cancel</LinkButton>
      </div>
    </form>
  )
}
