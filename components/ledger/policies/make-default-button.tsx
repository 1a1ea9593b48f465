'use client'

import { Star } from 'lucide-react'
import { runJson } from '@/components/collection/drafts/run-json'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { showToast } from '@/components/ui/toast'
import type { FormAction } from '@/lib/errors/form-state'

type Props = { id: string; name: string; makeDefault: FormAction<void> }

/** The default is for all sources that have no policy of their own: their history is matched again. */
export function MakeDefaultButton({ id, name, makeDefault }: Props) {
  return (
    <ConfirmDialog
      title={`Make ${name} the default?`}
      confirm="Make default"
      trigger={
        <Button>
          <Star aria-hidden />
          Make default
        </Button>
      }
      onConfirm={async () => {
        const answer = await runJson(makeDefault, { id })
        if (answer.ok) showToast(`${name} is the default policy`)
        return answer
      }}
    >
      It is then for all sources without a policy of their own, and all their names are matched again.
    </ConfirmDialog>
  )
}
