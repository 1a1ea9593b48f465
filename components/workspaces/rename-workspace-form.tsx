'use client'

import { useActionState } from 'react'
import { Field } from '@/components/form/field'
import { fieldsOf } from '@/components/form/fields-of'
import { SubmitButton } from '@/components/form/submit-button'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { BLANK_FORM, type FormAction } from '@/lib/errors/form-state'

type Props = { name: string; action: FormAction<void> }

export function RenameWorkspaceForm({ name, action }: Props) {
  const [state, send] = useActionState(action, BLANK_FORM)
  const { errors, values, message } = fieldsOf(state)
  return (
    <form action={send} noValidate className="mb-4 flex flex-col gap-3">
      {message && !errors.name && <Notice kind="error">{message}</Notice>}
      {state.ok && <Notice kind="success">The workspace was renamed.</Notice>}
      <Field label="New name" error={errors.name} hint="The address stays, so links keep working.">
        {(control) => (
          <div className="flex gap-2">
            <Input {...control} name="name" autoComplete="off" required defaultValue={values.name ?? name} />
            <SubmitButton variant="secondary">Rename</SubmitButton>
          </div>
        )}
      </Field>
    </form>
  )
}
