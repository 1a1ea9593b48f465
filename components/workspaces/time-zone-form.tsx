'use client'

import { useActionState } from 'react'
import { Field } from '@/components/form/field'
import { fieldsOf } from '@/components/form/fields-of'
import { SubmitButton } from '@/components/form/submit-button'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import { BLANK_FORM, type FormAction } from '@/lib/errors/form-state'

type Props = { timeZone: string; zones: readonly string[]; action: FormAction<void> }

/** By which clock daily and weekly messages come. */
export function TimeZoneForm({ timeZone, zones, action }: Props) {
  const [state, send] = useActionState(action, BLANK_FORM)
  const { errors, values, message } = fieldsOf(state)
  return (
    <form action={send} noValidate className="mb-4 flex flex-col gap-3">
      {message && !errors.timeZone && <Notice kind="error">{message}</Notice>}
      {state.ok && <Notice kind="success">The time zone is set.</Notice>}
      <Field
        label="Time zone"
        error={errors.timeZone}
        hint="Daily and weekly messages come by its clock. What times look like on these pages is your own choice."
      >
        {(control) => (
          <div className="flex gap-2">
            {/* Made anew after each answer: React sets an uncontrolled select back to what it began with. */}
            <Select
              {...control}
              key={values.timeZone ?? timeZone}
              name="timeZone"
              defaultValue={values.timeZone ?? timeZone}
              className="max-w-80"
            >
              {zones.map((zone) => (
                <option key={zone} value={zone}>
                  {zone.replaceAll('_', ' ')}
                </option>
              ))}
            </Select>
            <SubmitButton variant="secondary">Set</SubmitButton>
          </div>
        )}
      </Field>
    </form>
  )
}
