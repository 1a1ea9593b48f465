'use client'

import { useActionState } from 'react'
import { fieldsOf } from '@/components/form/fields-of'
import { SubmitButton } from '@/components/form/submit-button'
import { Notice } from '@/components/ui/notice'
import { BLANK_FORM, type FormAction } from '@/lib/errors/form-state'
import { NewPasswordField } from './new-password-field'

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
      <NewPasswordField label="New password" error={errors.password} />
      <SubmitButton pendingLabel="Signing in …" className="mt-1">
        Set password and sign in
      </SubmitButton>
    </form>
  )
}
