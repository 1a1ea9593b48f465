'use client'

import { useActionState } from 'react'
import { Field } from '@/components/form/field'
import { fieldsOf } from '@/components/form/fields-of'
import { SubmitButton } from '@/components/form/submit-button'
import { Notice } from '@/components/ui/notice'
import { Textarea } from '@/components/ui/textarea'
import { BLANK_FORM, type FormAction } from '@/lib/errors/form-state'

type Props = { aliases: readonly string[]; action: FormAction<void> }

/** Other names that files may call the workspace by. */
export function AliasesForm({ aliases, action }: Props) {
  const [state, send] = useActionState(action, BLANK_FORM)
  const { errors, values, message } = fieldsOf(state)
  return (
    <form action={send} noValidate className="flex flex-col gap-3">
      {message && !errors.aliases && <Notice kind="error">{message}</Notice>}
      {state.ok && <Notice kind="success">The aliases are set.</Notice>}
      <Field
        label="Aliases"
        optional
        error={errors.aliases}
        hint="One a line, spelled as in the files, at most ten."
      >
        {(control) => (
          <Textarea
            {...control}
            name="aliases"
            rows={Math.max(2, aliases.length + 1)}
            spellCheck={false}
            autoComplete="off"
            className="literal max-w-80"
            defaultValue={values.aliases ?? aliases.join('\n')}
          />
        )}
      </Field>
      <div>
        <SubmitButton variant="secondary">Set aliases</SubmitButton>
      </div>
    </form>
  )
}
