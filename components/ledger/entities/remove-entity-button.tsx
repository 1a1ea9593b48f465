'use client'

import { Trash2 } from 'lucide-react'
import { amount, number } from '@/components/collection/row-counts'
import { runAction } from '@/components/form/run-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { visibleText } from '@/components/ui/visible-text'
import type { FormAction } from '@/lib/errors/form-state'

type Props = { id: string; name: string; events: number; linked: number; remove: FormAction<never> }

export function RemoveEntityButton({ id, name, events, linked, remove }: Props) {
  return (
    <ConfirmDialog
      title={`Remove ${visibleText(name)} from the ledger?`}
      confirm="Remove entity"
      trigger={
        <Button variant="danger">
          <Trash2 aria-hidden />
          Remove
        </Button>
      }
      onConfirm={() => runAction(remove, { id })}
    >
      <p>
        {events > 0
          ? `${amount(events, 'event')} that it stands behind will show their raw names again. `
          : 'No event is matched with it. '}
        The events themselves and their proofs do not change.
      </p>
      {linked > 0 && (
        <p className="mt-2">
          {linked === 1
            ? 'One entity that names it by a link stays, and then names a key that the ledger does not have.'
            : `${number(linked)} entities that name it by a link stay, and then name a key that the ledger does not have.`}
        </p>
      )}
      <p className="mt-2">
        All that is known of it goes, also of earlier times. If it only is no more, give its last period an
        end instead.
      </p>
    </ConfirmDialog>
  )
}
