import { Field } from '@/components/form/field'
import { SecretInput } from '@/components/form/secret-input'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '@/lib/auth/account-fields'

/** A password that a person chooses now. */
export function NewPasswordField({ label, error }: { label: string; error: string | undefined }) {
  return (
    <Field label={label} error={error} hint={`At least ${MIN_PASSWORD_LENGTH} characters.`}>
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
  )
}
