'use client'

import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { showToast } from '@/components/ui/toast'
import { BLANK_FORM, type FormAction } from '@/lib/errors/form-state'

type Props = { revoke: FormAction<number> }

export function RevokeOthersButton({ revoke }: Props) {
  async function act() {
    const answer = await revoke(BLANK_FORM, new FormData())
    if (answer.ok)
      showToast(answer.result === 1 ? 'One session has ended' : `${answer.result} sessions have ended`)
    return answer
  }
  return (
    <ConfirmDialog
      title="End all other sessions?"
      confirm="End all other sessions"
      trigger={<Button variant="danger">End all others</Button>}
      onConfirm={act}
    >
      Every browser but this one is signed out at once.
    </ConfirmDialog>
  )
}
