'use client'

import { useActionState } from 'react'
import { fieldsOf } from '@/components/form/fields-of'
import { SubmitButton } from '@/components/form/submit-button'
import { Checkbox } from '@/components/ui/checkbox'
import { Notice } from '@/components/ui/notice'
import { BLANK_FORM, type FormState } from '@/lib/errors/form-state'
import type { KeptView } from '@/lib/views/create'
import type { ViewActions } from './view-actions'
import { ViewFields } from './view-fields'

type Props = { create: ViewActions['create']; query: string; onSaved: (view: KeptView) => void }

/** Keeps the page as it stands under a name. */
export function CreateViewForm({ create, query, onSaved }: Props) {
  const [state, send] = useActionState(async (before: FormState<KeptView>, form: FormData) => {
    const after = await create(before, form)
    if (after.ok) onSaved(after.result)
    return after
  }, BLANK_FORM)
  const { errors, values, message } = fieldsOf(state)
  return (
    <form action={send} noValidate className="flex flex-col gap-4">
      {message && !errors.name && <Notice kind="error">{message}</Notice>}
      <input type="hidden" name="query" value={query} />
      <ViewFields name={values.name} visibility={values.visibility ?? 'own'} errors={errors} />
      <Checkbox
        name="isDefault"
        label="Open the trail with it"
        hint="For you, whenever you come to the trail without a filter."
        defaultChecked={values.isDefault === 'on'}
      />
      <div className="flex justify-end">
        <SubmitButton pendingLabel="Saving …">Save view</SubmitButton>
      </div>
    </form>
  )
}
