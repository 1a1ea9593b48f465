import { Field } from '@/components/form/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { REASON_WORDS } from './reason-codes'

type Props = {
  errors: Record<string, string | undefined>
  values: Record<string, string | undefined>
}

/** Why something is erased: a word of a closed list, because it stays. */
export function ErasureReason({ errors, values }: Props) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Reason" error={errors.reasonCode} hint="It stands in the trail for ever.">
        {(control) => (
          <Select {...control} name="reasonCode" required defaultValue={values.reasonCode ?? ''}>
            <option value="" disabled>
              Choose one
            </option>
            {Object.entries(REASON_WORDS).map(([code, words]) => (
              <option key={code} value={code}>
                {words}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="Note"
        optional
        error={errors.note}
        hint="Such as the number of a ticket. It stays too: write no name into it."
      >
        {(control) => (
          <Input {...control} name="note" maxLength={500} autoComplete="off" defaultValue={values.note} />
        )}
      </Field>
    </div>
  )
}
