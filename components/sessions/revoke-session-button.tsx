'use client'

import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { showToast } from '@/components/ui/toast'
import { BLANK_FORM, type FormAction } from '@/lib/errors/form-state'

type Props = {
  id: string
  device: string
  revoke: FormAction<void>
}

export function RevokeSessionButton({ id, device, revoke }: Props) {
  async function act() {
    const form = new FormData()
    form.set('id', id)
    const answer = await revoke(BLANK_FORM, form)
    if (answer.ok) showToast('The session has ended')
    return answer
  }
  return (
    <ConfirmDialog
      title={`End the session in ${device}?`}
      confirm="End session"
      trigger={
        <Button size="sm" variant="danger" aria-label={`End the session in ${device}`}>
          End
        </Button>
      }
      onConfirm={act}
    >
      It is signed out at once. Who has the password can sign in there again.
    </ConfirmDialog>
  )
}
