'use client'

import { Trash2 } from 'lucide-react'
import { amount } from '@/components/collection/row-counts'
import { runAction } from '@/components/form/run-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { FormAction } from '@/lib/errors/form-state'

type Props = {
  silo: string
  count: number
  /** Only those of this file. */
  file?: { id: string; name: string }
  discard: FormAction<void>
}

/** Gives rows up that nobody will mend. */
export function DiscardButton({ silo, count, file, discard }: Props) {
  const rows = amount(count, 'row')
  return (
    <ConfirmDialog
      title={`Discard ${rows} of ${file?.name ?? silo}?`}
      confirm={`Discard ${rows}`}
      trigger={
        <Button variant="danger">
          <Trash2 aria-hidden />
          Discard
        </Button>
      }
      onConfirm={() =>
        runAction(discard, { input: JSON.stringify({ silo, ...(file && { file: file.id }) }) })
      }
    >
      {count === 1 ? 'It never becomes an event' : 'They never become events'}, and the trail says that you
      gave {count === 1 ? 'it' : 'them'} up. Where the mapping can be mended, mend it and collect again
      instead.
    </ConfirmDialog>
  )
}
