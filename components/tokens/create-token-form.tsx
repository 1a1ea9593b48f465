'use client'

import { useActionState } from 'react'
import { Field } from '@/components/form/field'
import { FieldGroup } from '@/components/form/field-group'
import { fieldsOf } from '@/components/form/fields-of'
import { SubmitButton } from '@/components/form/submit-button'
import { Checkbox } from '@/components/ui/checkbox'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { BLANK_FORM, type FormAction } from '@/lib/errors/form-state'
import type { NewToken } from '@/lib/tokens/create'
import { TOKEN_SCOPE_NAMES, TOKEN_SCOPES, type TokenScope } from '@/lib/tokens/token-scopes'
import { NewTokenView } from './new-token-view'

type Props = {
  action: FormAction<NewToken>
  origin: string
}

const FIRST_CHOICE: readonly TokenScope[] = ['events:write']

export function CreateTokenForm({ action, origin }: Props) {
  const [state, send] = useActionState(action, BLANK_FORM)
  if (state.ok) return <NewTokenView token={state.result} origin={origin} />
  const { errors, values, message } = fieldsOf(state)
  const chosen: readonly string[] = state.ok === false ? [state.values.scopes ?? []].flat() : FIRST_CHOICE
  return (
    <form action={send} noValidate className="flex flex-col gap-4">
      {message && <Notice kind="error">{message}</Notice>}
      <Field label="Name" error={errors.name} hint="What uses it, such as “billing service” or “ci”.">
        {(control) => (
          <Input {...control} name="name" autoComplete="off" required defaultValue={values.name} />
        )}
      </Field>
      <FieldGroup legend="Scopes" error={errors.scopes}>
        {TOKEN_SCOPE_NAMES.map((scope) => (
          <Checkbox
            key={scope}
            name="scopes[]"
            value={scope}
            defaultChecked={chosen.includes(scope)}
            label={TOKEN_SCOPES[scope]}
            hint={<code className="font-mono">{scope}</code>}
          />
        ))}
      </FieldGroup>
      <Field
        label="Expires"
        error={errors.expiresAt}
        optional
        hint="The last day on which it works, in UTC. Empty: it works until it is revoked."
      >
        {(control) => <Input {...control} name="expiresAt" type="date" defaultValue={values.expiresAt} />}
      </Field>
      <div className="flex justify-end">
        <SubmitButton pendingLabel="Creating …">Create token</SubmitButton>
      </div>
    </form>
  )
}
