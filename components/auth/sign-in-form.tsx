'use client'

import { useActionState } from 'react'
import { Field } from '@/components/form/field'
import { fieldsOf } from '@/components/form/fields-of'
import { SecretInput } from '@/components/form/secret-input'
import { SubmitButton } from '@/components/form/submit-button'
import { Notice } from '@/components/ui/notice'
import { MAX_PASSWORD_LENGTH } from '@/lib/auth/account-fields'
import { BLANK_FORM, type FormAction } from '@/lib/errors/form-state'
import { EmailField } from './email-field'

type Props = { action: FormAction<never>; next?: string }

export function SignInForm({ action, next }: Props) {
  const [state, send] = useActionState(action, BLANK_FORM)
  const { errors, values, message } = fieldsOf(state)
  return (
    <form action={send} noValidate className="flex flex-col gap-4">
      {message && <Notice kind="error">{message}</Notice>}
      {next && <input type="hidden" name="next" value={next} />}
      <EmailField error={errors.email} value={values.email} />
      <Field label="Password" error={errors.password}>
        {(control) => (
          <SecretInput
            {...control}
            name="password"
            autoComplete="current-password"
            required
            maxLength={MAX_PASSWORD_LENGTH}
          />
        )}
      </Field>
      <SubmitButton pendingLabel="Signing in …" className="mt-1">
        Sign in
      </SubmitButton>
    </form>
  )
}
