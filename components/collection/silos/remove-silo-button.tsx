'use client'

import { Trash2 } from 'lucide-react'
import { amount } from '@/components/collection/row-counts'
import { runAction } from '@/components/form/run-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { FormAction } from '@/lib/errors/form-state'

type Props = { silo: string; files: number; openRejects: number; remove: FormAction<never> }

export function RemoveSiloButton({ silo, files, openRejects, remove }: Props) {
  return (
    <ConfirmDialog
      title={`Remove silo ${silo}?`}
      confirm="Remove silo"
      trigger={
        <Button variant="danger">
          <Trash2 aria-hidden />
          Remove
        </Button>
      }
      onConfirm={() => runAction(remove, { silo })}
    >
      <p>
        {files > 0 && `Its ${amount(files, 'file')} and what became of their rows go with it. `}
        Events that were collected stay in the trail, and collecting the same rows again, from whatever silo,
        never doubles those that have an identity.
      </p>
      {openRejects > 0 && (
        <p className="mt-2">
          <strong>{amount(openRejects, 'row')} to mend go too.</strong>
        </p>
      )}
    </ConfirmDialog>
  )
}
