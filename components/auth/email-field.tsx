import { Field } from '@/components/form/field'
import { Input } from '@/components/ui/input'

/** The e-mail address that a person signs in with. */
export function EmailField({ error, value }: { error: string | undefined; value: string | undefined }) {
  return (
    <Field label="E-mail address" error={error}>
      {(control) => (
        <Input {...control} name="email" type="email" autoComplete="username" required defaultValue={value} />
      )}
    </Field>
  )
}
