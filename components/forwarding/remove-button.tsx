'use client'

import { Trash2 } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import type { FormAction } from '@/lib/errors/form-state'
import { ROLE_TEXTS } from './role-texts'
import { runIdAction } from './run-id-action'

type Props = {
  id: string
  name: string
  waiting: string | null
  remove: FormAction<never>
  ofRole?: DestinationRole
  /** What opens it, where that is not the button of a page. */
  trigger?: ReactElement
}

export function RemoveButton({ id, name, waiting, remove, ofRole = 'forwarding', trigger }: Props) {
  const words = ROLE_TEXTS[ofRole]
  return (
    <ConfirmDialog
      title={`${words.remove} ${name}?`}
      confirm={words.confirmRemove}
      trigger={
        trigger ?? (
          <Button variant="danger">
            <Trash2 aria-hidden />
            {words.remove}
          </Button>
        )
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
