'use client'

import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { showToast } from '@/components/ui/toast'
import { BLANK_FORM, type FormAction } from '@/lib/errors/form-state'
import type { RevokedToken } from '@/lib/tokens/revoke'

type Props = {
  id: string
  name: string
  revoke: FormAction<RevokedToken>
}

export function RevokeTokenButton({ id, name, revoke }: Props) {
  async function act() {
    const form = new FormData()
    form.set('id', id)
    const answer = await revoke(BLANK_FORM, form)
    if (answer.ok) showToast(`Token ${name} is revoked`)
    return answer
  }
  return (
    <ConfirmDialog
      title={`Revoke token ${name}?`}
      confirm="Revoke token"
      trigger={
        <Button size="sm" variant="danger" aria-label={`Revoke token ${name}`}>
          Revoke
        </Button>
      }
      onConfirm={act}
    >
      Programs that use it are refused from now on. Events that they sent stay in the trail. This cannot be
      undone.
    </ConfirmDialog>
  )
}
