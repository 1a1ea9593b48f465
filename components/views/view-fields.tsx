import { Field } from '@/components/form/field'
import { FieldGroup } from '@/components/form/field-group'
import { Input } from '@/components/ui/input'
import { RadioOption } from '@/components/ui/radio-option'

type Props = { name?: string; visibility: string; errors: Record<string, string | undefined> }

/** What a view is called and who sees it: the same for a new one and for one that is changed. */
export function ViewFields({ name, visibility, errors }: Props) {
  return (
    <>
      <Field label="Name" error={errors.name}>
        {(control) => (
          <Input {...control} name="name" autoComplete="off" required maxLength={80} defaultValue={name} />
        )}
      </Field>
      <FieldGroup legend="Who sees it" error={errors.visibility}>
        <RadioOption
          name="visibility"
          value="own"
          label="Only you"
          defaultChecked={visibility !== 'shared'}
        />
        <RadioOption
          name="visibility"
          value="shared"
          label="Everybody in this workspace"
          hint="Others can open it; only you and who manages the workspace can change it."
          defaultChecked={visibility === 'shared'}
        />
      </FieldGroup>
    </>
  )
}
