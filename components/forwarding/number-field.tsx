import { Field } from '@/components/form/field'
import { Input } from '@/components/ui/input'

type Props = { label: string; name: string; error: string | undefined; value: string | undefined }

/** An event's number in the trail. */
export function NumberField({ label, name, error, value }: Props) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <Input
          {...control}
          name={name}
          inputMode="numeric"
          autoComplete="off"
          className="max-w-40"
          defaultValue={value}
        />
      )}
    </Field>
  )
}
