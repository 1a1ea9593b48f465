'use client'

import { Trash2 } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { FormAction } from '@/lib/errors/form-state'
import { runIdAction } from './run-id-action'

type Props = { id: string; name: string; waiting: string | null; remove: FormAction<never> }

export function RemoveButton({ id, name, waiting, remove }: Props) {
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
      Nothing is sent there any more. It is kept for 30 days, with its place in the trail: undone within them,
      it goes on where it stopped. After that its configuration and history are deleted. The events stay in
      the trail.
      {waiting && ` ${waiting} not sent yet.`}
    </ConfirmDialog>
  )
}
