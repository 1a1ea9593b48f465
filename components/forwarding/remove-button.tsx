'use client'

import { Trash2 } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { FormAction } from '@/lib/errors/form-state'
import { runIdAction } from './run-id-action'

type Props = { id: string; name: string; backlogEvents: number; remove: FormAction<never> }

export function RemoveButton({ id, name, backlogEvents, remove }: Props) {
  return (
    <ConfirmDialog
      title={`Remove ${name}?`}
      confirm="Remove destination"
      trigger={
        <Button variant="danger">
          <Trash2 aria-hidden />
          Remove
        </Button>
      }
      onConfirm={() => runIdAction(remove, id)}
    >
      Nothing is sent there any more, and its key is not used again. The events stay in the trail.
      {backlogEvents > 0 && ` ${backlogEvents.toLocaleString('en')} waiting events will not be sent.`}
    </ConfirmDialog>
  )
}
