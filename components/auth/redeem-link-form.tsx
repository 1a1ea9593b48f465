'use client'

import { useActionState } from 'react'
import { Field } from '@/components/form/field'
import { fieldsOf } from '@/components/form/fields-of'
import { SecretInput } from '@/components/form/secret-input'
import { SubmitButton } from '@/components/form/submit-button'
import { Notice } from '@/components/ui/notice'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '@/lib/auth/account-fields'
import { BLANK_FORM, type FormAction } from '@/lib/errors/form-state'

type Props = {
  action: FormAction<never>
  email: string
}

export function RedeemLinkForm({ action, email }: Props) {
  const [state, send] = useActionState(action, BLANK_FORM)
  const { errors, message } = fieldsOf(state)
  return (
    <form action={send} noValidate className="flex flex-col gap-4">
      {message && <Notice kind="error">{message}</Notice>}
      {/* For password managers, which save a password with the name beside it. */}
      <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field
        label="New password"
        error={errors.password}
        hint={`At least ${MIN_PASSWORD_LENGTH} characters.`}
      >
        {(control) => (
          <SecretInput
            {...control}
            name="password"
            autoComplete="new-password"
            required
            maxLength={MAX_PASSWORD_LENGTH}
          />
        )}
      </Field>
      <SubmitButton pendingLabel="Signing in …" className="mt-1">
        Set password and sign in
      </SubmitButton>
    </form>
  )
}
