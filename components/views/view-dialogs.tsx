'use client'

import { useState } from 'react'
import { runAction } from '@/components/form/run-action'
import { useTrail } from '@/components/trail/trail-navigation'
import { NO_VIEW } from '@/components/trail/trail-url'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog } from '@/components/ui/dialog'
import { showToast } from '@/components/ui/toast'
import type { SavedView } from '@/lib/views/read-views'
import { CreateViewForm } from './create-view-form'
import { EditViewForm } from './edit-view-form'
import type { ViewActions } from './view-actions'
import { viewParams } from './view-address'

export type ViewDialog = { kind: 'create' } | { kind: 'edit' | 'remove'; view: SavedView }

type Props = { dialog: ViewDialog | undefined; query: string; actions: ViewActions; onClose: () => void }

/** What the menu of views opens above the page. */
export function ViewDialogs({ dialog, query, actions, onClose }: Props) {
  const { params, go } = useTrail()
  // While it fades out, a dialog goes on showing what it showed.
  const [last, setLast] = useState(dialog)
  if (dialog && dialog !== last) setLast(dialog)
  const view = last && 'view' in last ? last.view : undefined
  const closing = (open: boolean) => !open && onClose()

  async function remove(gone: SavedView) {
    const answer = await runAction(actions.remove, { id: gone.id })
    if (answer.ok) {
      showToast(`View ${gone.name} is removed`)
      const next = new URLSearchParams(params)
      next.set('view', NO_VIEW)
      go(next)
    }
    return answer
  }

  return (
    <>
      <Dialog
        title="Save as a view"
        description="Keeps the filter, the order and the columns as they stand."
        open={dialog?.kind === 'create'}
        onOpenChange={closing}
      >
        <CreateViewForm
          create={actions.create}
          query={query}
          onSaved={(kept) => {
            onClose()
            go(viewParams(kept))
          }}
        />
      </Dialog>
      <Dialog title="Rename or share the view" open={dialog?.kind === 'edit'} onOpenChange={closing}>
        {view && <EditViewForm update={actions.update} view={view} onSaved={onClose} />}
      </Dialog>
      {view && (
        <ConfirmDialog
          title={`Remove the view ${view.name}?`}
          confirm="Remove view"
          open={dialog?.kind === 'remove'}
          onOpenChange={closing}
          onConfirm={() => remove(view)}
        >
          {view.isShared ? 'It disappears for everybody in this workspace.' : 'Only you see it.'} No event is
          touched. This cannot be undone.
        </ConfirmDialog>
      )}
    </>
  )
}
