'use client'

import { Plus } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { FormAction } from '@/lib/errors/form-state'
import type { NewToken } from '@/lib/tokens/create'
import { CreateTokenForm } from './create-token-form'

type Props = {
  action: FormAction<NewToken>
  origin: string
}

export function CreateTokenDialog({ action, origin }: Props) {
  return (
    <Dialog
      title="Create token"
      description="One token for each program: then each can be revoked alone."
      trigger={
        <Button variant="primary">
          <Plus aria-hidden />
          Create token
        </Button>
      }
    >
      <CreateTokenForm action={action} origin={origin} />
    </Dialog>
  )
}
