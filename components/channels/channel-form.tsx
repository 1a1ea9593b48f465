'use client'

import { startTransition, useActionState, useEffect, useRef } from 'react'
import { Field } from '@/components/form/field'
import { fieldsOf } from '@/components/form/fields-of'
import { ChoiceButtons } from '@/components/forwarding/choice-buttons'
import { DeclaredFields } from '@/components/forwarding/declared-fields'
import { sectionOf } from '@/components/forwarding/declared-section'
import { type FieldValue, toFormData } from '@/components/forwarding/field-values'
import { FoldedFields } from '@/components/forwarding/folded-fields'
import { FormHeading } from '@/components/forwarding/form-heading'
import { formMessage } from '@/components/forwarding/form-message'
import { MaskingEditor } from '@/components/forwarding/masking-editor'
import { SaveButtons } from '@/components/forwarding/save-buttons'
import { VolumeEstimate } from '@/components/forwarding/volume-estimate'
import { Checkbox } from '@/components/ui/checkbox'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { Switch } from '@/components/ui/switch'
import type { RuleEstimate as Estimate } from '@/lib/channels/estimate-rule'
import type { ChannelPreset } from '@/lib/channels/presets'
import { BLANK_FORM, type FormAction, type FormState } from '@/lib/errors/form-state'
import type { KindDescription } from '@/lib/forwarding/describe-kinds'
import type { Volume } from '@/lib/forwarding/estimate-volume'
import type { Preview } from '@/lib/forwarding/preview-destination'
import { CategoryFields } from './category-fields'
import { MessagePreview } from './message-preview'
import { PresetBar } from './preset-bar'
import { isByCalendar } from './rhythm-words'
import { RuleEstimate } from './rule-estimate'
import { type EditedChannel, useChannelDraft } from './use-channel-draft'
import { type WorkspaceClock, ZoneNote } from './zone-note'

type ChannelFormActions = {
  save: FormAction<never>
  preview: FormAction<Preview>
  estimate: FormAction<Volume>
  estimateRule: FormAction<Estimate>
}

type Props = {
  kinds: readonly KindDescription[]
  presets: readonly ChannelPreset[]
  /** Left out for a new one. */
  channel?: EditedChannel
  /** What a new one begins with. */
  first?: { kind: string; preset: ChannelPreset | undefined }
  knownTypes: readonly string[]
  clock: WorkspaceClock
  actions: ChannelFormActions
  cancelHref: string
  trailPath: string
}

/** Whom to tell, of what, how often: made from what the kinds declare. */
export function ChannelForm(props: Props) {
  const { kinds, presets, channel, knownTypes, clock, actions, cancelHref, trailPath } = props
  const [state, send, isPending] = useActionState<FormState<never>, FormData>(actions.save, BLANK_FORM)
  const form = useRef<HTMLFormElement>(null)
  // Held by the draft, so that a refused form keeps what was entered, secrets included.
  const draft = useChannelDraft(kinds, channel, props.first ?? { kind: '', preset: undefined })
  const { kind, values, shown, common, preset, choice, shape, whole, change } = draft
  const { errors, message } = fieldsOf(state)
  useEffect(() => {
    if (state.ok === false) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [state])

  const declared = {
    fields: kind.fields,
    values,
    errors,
    storedSecrets: channel?.secretNames ?? [],
    knownTypes,
    onChange: (name: string, value: FieldValue) => draft.setField(name, value),
  }
  const folded = shown.filter((field) => sectionOf(field) === 'advanced')
  const rule = shown.filter((field) => sectionOf(field) === 'rule').map(({ name }) => name)
  const isFoldedWrong = errors.masking !== undefined || folded.some(({ name }) => errors[name] !== undefined)

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
        <div className="flex items-center gap-2.5 text-sm">
          <Switch
            label="This channel is on"
            checked={common.enabled}
            onCheckedChange={(enabled) => change({ enabled })}
          />
          <span aria-hidden>
            {common.enabled ? 'On: people are told.' : 'Off: events wait, and none is lost.'}
          </span>
        </div>
        <Field label="Note" optional error={errors.note}>
          {(control) => (
            <Input
              maxLength={500}
              autoComplete="off"
              value={common.note}
              onChange={({ target }) => change({ note: target.value })}
              {...control}
            />
          )}
        </Field>
        <ChoiceButtons
          legend="Report type"
          options={kinds.map(({ name, label }) => ({ value: name, label }))}
          value={kind.name}
          hint={channel ? `${kind.summary} The type stays; for another one add a channel.` : kind.summary}
          error={errors.kind}
          disabled={channel !== undefined}
          onChange={draft.setKind}
        />
        <DeclaredFields section="basic" {...declared} />
        <DeclaredFields section="format" {...declared} />
        <Checkbox
          label="Carry matched names"
          hint="People read the ledger’s names, with what the event says in brackets. Events are told once they are matched."
          checked={common.carriesMatches}
          onChange={({ target }) => change({ carriesMatches: target.checked })}
        />
        <FormHeading>Events</FormHeading>
        <PresetBar presets={presets} chosen={preset} onChoose={draft.applyPreset} />
        <CategoryFields
          chosen={common}
          errors={errors}
          knownTypes={knownTypes}
          pickerKey={draft.pickerKey}
          onChange={change}
          trailPath={trailPath}
        />
        <VolumeEstimate form={toFormData(choice)} estimate={actions.estimate} />
        <FormHeading>Threshold</FormHeading>
        <DeclaredFields section="rule" {...declared} />
        {values.threshold === true && (
          <RuleEstimate
            form={toFormData({
              ...choice,
              ...Object.fromEntries(rule.map((name) => [name, values[name] ?? ''])),
            })}
            estimate={actions.estimateRule}
            trailPath={trailPath}
          />
        )}
        <FormHeading>When</FormHeading>
        <DeclaredFields section="interval" {...declared} />
        {isByCalendar(values) && <ZoneNote clock={clock} />}
        <FoldedFields isOpen={isFoldedWrong}>
          <DeclaredFields section="advanced" {...declared} />
          <MaskingEditor
            rules={common.masking}
            error={errors.masking}
            onChange={(masking) => change({ masking })}
          />
        </FoldedFields>
        <SaveButtons label="Save" isPending={isPending} cancelHref={cancelHref} />
      </form>
      <div className="xl:sticky xl:top-6 xl:max-h-[calc(100dvh-3rem)] xl:overflow-y-auto">
        <MessagePreview form={toFormData(shape)} preview={actions.preview} trailPath={trailPath} />
      </div>
    </div>
  )
}
