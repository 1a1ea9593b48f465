'use client'

import { startTransition, useActionState, useEffect, useRef, useState } from 'react'
import { Field } from '@/components/form/field'
import { FieldGroup } from '@/components/form/field-group'
import { fieldsOf } from '@/components/form/fields-of'
import { Checkbox } from '@/components/ui/checkbox'
import { Notice } from '@/components/ui/notice'
import { RadioOption } from '@/components/ui/radio-option'
import { Textarea } from '@/components/ui/textarea'
import { BLANK_FORM, type FormAction, type FormState } from '@/lib/errors/form-state'
import type { KindDescription } from '@/lib/forwarding/describe-kinds'
import type { Volume } from '@/lib/forwarding/estimate-volume'
import type { Preview } from '@/lib/forwarding/preview-destination'
import { DeclaredFields } from './declared-fields'
import { sectionOf } from './declared-section'
import { EventFields } from './event-fields'
import { type FieldValue, initialValues, isShown, toFormData } from './field-values'
import { filterText } from './filter-text'
import { FoldedFields } from './folded-fields'
import { FormHeading } from './form-heading'
import { formMessage } from './form-message'
import { MaskingEditor } from './masking-editor'
import { begunRules } from './masking-texts'
import { SaveButtons } from './save-buttons'
import { VolumeEstimate } from './volume-estimate'
import { WirePreview } from './wire-preview'

/** A destination as its form begins; `fields` are the kind's own, without secrets. */
export type EditedDestination = {
  id: string
  /** RFC 3339: who saves later than somebody else is told. */
  updatedAt: string
  fields: Readonly<Record<string, unknown>>
  secretNames: readonly string[]
  types: readonly string[]
  levels: readonly string[]
  filter: string
  masking: readonly string[]
  carriesMatches: boolean
  note: string
}

type Props = {
  kind: KindDescription
  /** Left out for a new one. */
  destination?: EditedDestination
  knownTypes: readonly string[]
  actions: { save: FormAction<never>; preview: FormAction<Preview>; estimate: FormAction<Volume> }
  cancelHref: string
  trailPath: string
}

/** Where events go, which of them, and in what form: made from what the kind declares. */
export function DestinationForm({ kind, destination, knownTypes, actions, cancelHref, trailPath }: Props) {
  const [state, send, isPending] = useActionState<FormState<never>, FormData>(actions.save, BLANK_FORM)
  const form = useRef<HTMLFormElement>(null)
  // Held here, so that a refused form keeps what was entered, secrets included.
  const [own, setOwn] = useState(() => initialValues(kind.fields, destination?.fields))
  const [common, setCommon] = useState(() => commonValues(destination))
  const { errors, message } = fieldsOf(state)

  const shown = kind.fields.filter((field) => isShown(field, kind.fields, own))
  const masking = begunRules(common.masking)
  const choice = { types: common.types, levels: common.levels, filter: filterText(common.filter) }
  const shape = {
    ...Object.fromEntries(shown.map(({ name }) => [name, own[name] ?? ''])),
    ...choice,
    masking,
    carriesMatches: common.carriesMatches,
  }
  const identity = { kind: kind.name, ...(destination && { id: destination.id }) }
  const whole = {
    ...shape,
    ...identity,
    note: common.note,
    ...(destination ? { unchangedSince: destination.updatedAt } : { start: common.start }),
  }
  const isFoldedWrong = shown.some(
    (field) => sectionOf(field) === 'advanced' && errors[field.name] !== undefined,
  )

  useEffect(() => {
    if (state.ok === false) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [state])

  const declared = {
    fields: kind.fields,
    values: own,
    errors,
    storedSecrets: destination?.secretNames ?? [],
    knownTypes,
    onChange: (name: string, value: FieldValue) => setOwn((before) => ({ ...before, [name]: value })),
  }
  const change = (part: Partial<typeof common>) => setCommon((before) => ({ ...before, ...part }))
  const has = (section: string) => shown.some((field) => sectionOf(field) === section)

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-[minmax(0,36rem)_minmax(0,1fr)]">
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          startTransition(() => send(toFormData(whole)))
        }}
        className="flex flex-col gap-5"
      >
        {message && <Notice kind="error">{formMessage(message, errors, Object.keys(whole))}</Notice>}
        <DeclaredFields section="basic" {...declared} />
        <FormHeading>Events</FormHeading>
        <EventFields chosen={common} errors={errors} knownTypes={knownTypes} onChange={change} />
        <VolumeEstimate form={toFormData(choice)} estimate={actions.estimate} />
        {!destination && (
          <FieldGroup legend="Start" error={errors.start}>
            <RadioOption
              name="start"
              checked={common.start === 'now'}
              onChange={() => change({ start: 'now' })}
              label="From now"
              hint="Events that arrive after this."
            />
            <RadioOption
              name="start"
              checked={common.start === 'beginning'}
              onChange={() => change({ start: 'beginning' })}
              label="From the beginning"
              hint="The whole trail, oldest first, then what arrives."
            />
          </FieldGroup>
        )}
        <FormHeading>Format</FormHeading>
        <DeclaredFields section="format" {...declared} />
        <Checkbox
          label="Carry matched names"
          hint="Each event also says whom and what the ledger knows behind its actor and targets, but for masked ones. It leaves once it is matched."
          checked={common.carriesMatches}
          onChange={({ target }) => change({ carriesMatches: target.checked })}
        />
        <MaskingEditor
          rules={common.masking}
          error={errors.masking}
          onChange={(rules) => change({ masking: rules })}
        />
        {has('advanced') && (
          <FoldedFields isOpen={isFoldedWrong}>
            <DeclaredFields section="advanced" {...declared} />
          </FoldedFields>
        )}
        <Field label="Note" optional error={errors.note}>
          {(control) => (
            <Textarea
              maxLength={500}
              rows={2}
              value={common.note}
              onChange={({ target }) => change({ note: target.value })}
              {...control}
            />
          )}
        </Field>
        <SaveButtons
          label={destination ? 'Save changes' : 'Add Forwarding Destination'}
          isPending={isPending}
          cancelHref={cancelHref}
        />
      </form>
      <div className="xl:sticky xl:top-6 xl:max-h-[calc(100dvh-3rem)] xl:overflow-y-auto">
        <WirePreview
          form={toFormData({ ...shape, ...identity })}
          preview={actions.preview}
          trailPath={trailPath}
        />
      </div>
    </div>
  )
}

function commonValues(destination: EditedDestination | undefined) {
  return {
    types: destination?.types ?? [],
    levels: destination?.levels ?? [],
    filter: destination?.filter ?? '',
    masking: destination?.masking ?? [],
    carriesMatches: destination?.carriesMatches ?? false,
    note: destination?.note ?? '',
    start: 'now',
  }
}
