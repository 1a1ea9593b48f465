'use client'

import { useActionState } from 'react'
import { SubmitButton } from '@/components/form/submit-button'
import { BLANK_FORM, type FormAction } from '@/lib/errors/form-state'
import type { Bell } from '@/lib/notifications/read-bell'

type Props = { number: number; markRead: FormAction<Bell> }

/** A form, so that it works without JavaScript, too. */
export function MarkListRead({ number, markRead }: Props) {
  const [state, act] = useActionState(markRead, BLANK_FORM)
  return (
    <form action={act} className="flex items-center gap-2">
      {state.ok === false && (
        <p role="alert" className="text-danger text-sm">
          {state.message}
        </p>
      )}
      <input type="hidden" name="number" value={number} />
      <SubmitButton variant="secondary">Mark all as read</SubmitButton>
    </form>
  )
}
