'use client'

import { Trash2 } from 'lucide-react'
import { runJson } from '@/components/collection/drafts/run-json'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { visibleText } from '@/components/ui/visible-text'
import type { FormAction } from '@/lib/errors/form-state'

type Props = {
  what: 'rule' | 'policy'
  id: string
  name: string
  /** Why it would be refused now. */
  refusal: string | false
  remove: FormAction<never>
}

/** Removes a rule or policy that nothing uses; what it matched says by which version it was. */
export function RemoveButton({ what, id, name, refusal, remove }: Props) {
  return (
    <ConfirmDialog
      title={`Remove the ${what} ${visibleText(name)}?`}
      confirm={`Remove ${what}`}
      trigger={
        <Button variant="danger">
          <Trash2 aria-hidden />
          Remove
        </Button>
      }
      onConfirm={() => runJson(remove, { id })}
    >
      {refusal || `Nothing uses it. It can’t be brought back; what it once matched still names it.`}
    </ConfirmDialog>
  )
}
