'use client'

import { useActionState } from 'react'
import { fieldsOf } from '@/components/form/fields-of'
import { SubmitButton } from '@/components/form/submit-button'
import { Notice } from '@/components/ui/notice'
import { BLANK_FORM, type FormState } from '@/lib/errors/form-state'
import type { KeptView } from '@/lib/views/create'
import type { SavedView } from '@/lib/views/read-views'
import type { ViewActions } from './view-actions'
import { ViewFields } from './view-fields'

type Props = { update: ViewActions['update']; view: SavedView; onSaved: () => void }

/** Another name for a view, or other readers. */
export function EditViewForm({ update, view, onSaved }: Props) {
  const [state, send] = useActionState(async (before: FormState<KeptView>, form: FormData) => {
    const after = await update(before, form)
    if (after.ok) onSaved()
    return after
  }, BLANK_FORM)
  const { errors, values, message } = fieldsOf(state)
  const visibility = values.visibility ?? (view.isShared ? 'shared' : 'own')
  return (
    <form action={send} noValidate className="flex flex-col gap-4">
      {message && !errors.name && <Notice kind="error">{message}</Notice>}
      <input type="hidden" name="id" value={view.id} />
      <ViewFields name={values.name ?? view.name} visibility={visibility} errors={errors} />
      <div className="flex justify-end">
        <SubmitButton pendingLabel="Saving …">Save</SubmitButton>
      </div>
    </form>
  )
}
