'use client'

import { useActionState, useState } from 'react'
import { Field } from '@/components/form/field'
import { fieldsOf } from '@/components/form/fields-of'
import { SubmitButton } from '@/components/form/submit-button'
import { Checkbox } from '@/components/ui/checkbox'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { BLANK_FORM, type FormAction } from '@/lib/errors/form-state'
import type { AnchorSettings } from '@/lib/integrity/anchor/settings'
import { PeerStateLine } from './peer-state-line'

type Props = {
  settings: AnchorSettings
  action: FormAction<void>
}

/** Who may read the checkpoint, and who outside remembers it. */
export function IntegritySettingsForm({ settings, action }: Props) {
  const [state, send] = useActionState(action, BLANK_FORM)
  const { message, errors } = fieldsOf(state)
  // Held here, so that a refused form keeps what was entered.
  const [fields, setFields] = useState(() => textsOf(settings))
  const [isPublic, setIsPublic] = useState(settings.checkpointPublic)
  const input = (name: TextName, type = 'text') => ({
    name,
    type,
    spellCheck: false,
    autoComplete: 'off',
    value: fields[name],
    onChange: ({ target }: { target: { value: string } }) => setFields({ ...fields, [name]: target.value }),
  })
  return (
    <Panel
      title="Outside witnesses"
      description="A signature of ours doesn’t bind us alone. Every delivery carries the latest checkpoint; here others can be asked to remember it too."
    >
      <form action={send} noValidate className="flex flex-col gap-6">
        {message && <Notice kind="error">{message}</Notice>}
        {state.ok && <Notice kind="success">Saved.</Notice>}
        <Checkbox
          name="checkpointPublic"
          label="Anybody may read the checkpoint"
          hint="Without a token: the log’s name, its size and one hash. Tiles, proofs and events always need one."
          defaultChecked={isPublic}
          onChange={({ target }) => setIsPublic(target.checked)}
        />
        <fieldset className="grid gap-4">
          <legend className="mb-2 font-medium text-sm">Your own witness</legend>
          <Field
            label="Witness URL"
            optional
            error={errors.witnessUrl}
            hint="It gets checkpoints as C2SP tlog-witness says (add-checkpoint), refuses to sign a rewritten log, and its signature goes into the checkpoints."
          >
            {(control) => (
              <Input {...control} {...input('witnessUrl', 'url')} placeholder="https://witness.example.org" />
            )}
          </Field>
          <Field
            label="Witness key"
            optional
            error={errors.witnessVkey}
            hint="The verifier key that its operator names: name+id+key."
          >
            {(control) => <Input {...control} {...input('witnessVkey')} className="literal" />}
          </Field>
          <Minutes name="witnessEveryMinutes" error={errors.witnessEveryMinutes} input={input} />
          <PeerStateLine state={settings.witness} />
        </fieldset>
        <fieldset className="grid gap-4">
          <legend className="mb-2 font-medium text-sm">Time-stamp authority</legend>
          <Field
            label="Time-stamp URL"
            optional
            error={errors.timestampUrl}
            hint="RFC 3161. Its signed time over the checkpoint is kept beside it."
          >
            {(control) => (
              <Input
                {...control}
                {...input('timestampUrl', 'url')}
                placeholder="https://tsa.example.org/tsr"
              />
            )}
          </Field>
          <Minutes name="timestampEveryMinutes" error={errors.timestampEveryMinutes} input={input} />
          <PeerStateLine state={settings.timestamp} />
        </fieldset>
        <div>
          <SubmitButton pendingLabel="Saving …">Save changes</SubmitButton>
        </div>
      </form>
    </Panel>
  )
}

const TEXT_NAMES = [
  'witnessUrl',
  'witnessVkey',
  'witnessEveryMinutes',
  'timestampUrl',
  'timestampEveryMinutes',
] as const
type TextName = (typeof TEXT_NAMES)[number]

function textsOf(settings: AnchorSettings): Record<TextName, string> {
  const entries = TEXT_NAMES.map((name) => [name, String(settings[name] || '')])
  return Object.fromEntries(entries)
}

type MinutesProps = {
  name: 'witnessEveryMinutes' | 'timestampEveryMinutes'
  error: string | undefined
  input: (name: TextName, type?: string) => object
}

function Minutes({ name, error, input }: MinutesProps) {
  return (
    <Field label="At most every … minutes" error={error}>
      {(control) => (
        <Input
          {...control}
          {...input(name, 'number')}
          min={1}
          max={1440}
          inputMode="numeric"
          className="max-w-32"
        />
      )}
    </Field>
  )
}
