'use client'

import { Trash2 } from 'lucide-react'
import { runJson } from '@/components/collection/drafts/run-json'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { FormAction } from '@/lib/errors/form-state'

type Props = { id: string; name: string; usedBy: readonly string[]; remove: FormAction<never> }

export function RemoveLineButton({ id, name, usedBy, remove }: Props) {
  return (
    <ConfirmDialog
      title={`Remove the line ${name}?`}
      confirm="Remove line"
      trigger={
        <Button variant="danger">
          <Trash2 aria-hidden />
          Remove
        </Button>
      }
      onConfirm={() => runJson(remove, { id })}
    >
      {usedBy.length > 0
        ? `It is used by ${usedBy.join(', ')}: give them another line first.`
        : 'No silo and no other line uses it. It can’t be brought back: export it first if it may be needed. What it collected stays in the trail.'}
    </ConfirmDialog>
  )
}
