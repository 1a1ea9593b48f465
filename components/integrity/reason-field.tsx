import { Field } from '@/components/form/field'
import { Textarea } from '@/components/ui/textarea'

type Props = { error: string | undefined; value: string | undefined; hint?: string }

/** Why somebody does what can't be taken back. */
export function ReasonField({ error, value, hint = 'It stands in the trail for ever.' }: Props) {
  return (
    <Field label="Reason" error={error} hint={hint}>
      {(control) => (
        <Textarea {...control} name="reason" rows={2} required maxLength={500} defaultValue={value} />
      )}
    </Field>
  )
}
