'use client'

import { Undo2 } from 'lucide-react'
import { runJson } from '@/components/collection/drafts/run-json'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { showToast } from '@/components/ui/toast'
import type { FormAction } from '@/lib/errors/form-state'

/** What has versions, and what follows the newest of them. */
const FOLLOWERS = {
  table: 'runs from now on use it',
  line: 'runs from now on use it',
  rule: 'all names are matched again by it',
  policy: 'all names are matched again by it',
} as const
export type Versioned = keyof typeof FOLLOWERS

type Props = {
  what: Versioned
  version: number
  newest: number
  action: FormAction<void>
  id: string
  unchangedSince: string
}

/** Makes an earlier version the newest again. Nothing is lost by it, but what comes next follows it at once. */
export function RestoreButton({ what, version, newest, action, id, unchangedSince }: Props) {
  return (
    <ConfirmDialog
      title={`Restore version ${version}?`}
      confirm="Restore"
      trigger={
        <Button size="sm">
          <Undo2 aria-hidden />
          Restore
        </Button>
      }
      onConfirm={async () => {
        const answer = await runJson(action, { id, version, unchangedSince })
        if (answer.ok) showToast(`The ${what} is as it was in version ${version}`)
        return answer
      }}
    >
      It becomes version {newest + 1} of the {what}, and {FOLLOWERS[what]}. Version {newest} stays in this
      list.
    </ConfirmDialog>
  )
}
