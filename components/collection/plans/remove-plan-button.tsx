'use client'

import { Trash2 } from 'lucide-react'
import { runAction } from '@/components/form/run-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { FormAction } from '@/lib/errors/form-state'

type Props = { id: string; name: string; remove: FormAction<never> }

export function RemovePlanButton({ id, name, remove }: Props) {
  return (
    <ConfirmDialog
      title={`Remove plan ${name}?`}
      confirm="Remove plan"
      trigger={
        <Button variant="danger">
          <Trash2 aria-hidden />
          Remove
        </Button>
      }
      onConfirm={() => runAction(remove, { id })}
    >
      Its silos stay, and are collected only when somebody or another plan says so. What it collected stays in
      the trail.
    </ConfirmDialog>
  )
}
