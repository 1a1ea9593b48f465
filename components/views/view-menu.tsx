'use client'

import { Bookmark, ChevronDown } from 'lucide-react'
import { useState, useTransition } from 'react'
import { runAction } from '@/components/form/run-action'
import type { TrailDisplay } from '@/components/trail/trail-display'
import { useTrail } from '@/components/trail/trail-navigation'
import { filterParams } from '@/components/trail/trail-view'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { Notice } from '@/components/ui/notice'
import { showToast } from '@/components/ui/toast'
import type { FormState } from '@/lib/errors/form-state'
import type { SavedView } from '@/lib/views/read-views'
import type { ViewActions } from './view-actions'
import { isModified, queryToKeep, viewParams } from './view-address'
import { type ViewDialog, ViewDialogs } from './view-dialogs'
import { ViewList } from './view-list'

type Props = {
  views: SavedView[]
  display: TrailDisplay
  /** Whether the reader may say what the trail opens with for everybody. */
  mayChooseForAll: boolean
  actions: ViewActions
}

/** The saved views of the trail: which one is open, the others, and what can be done with it. */
export function ViewMenu({ views, display, mayChooseForAll, actions }: Props) {
  const { params, go } = useTrail()
  const [dialog, setDialog] = useState<ViewDialog>()
  const [failure, setFailure] = useState<string>()
  const [pending, startTransition] = useTransition()
  const open = views.find(({ id }) => id === params.get('view'))
  const modified = open !== undefined && isModified(open, params, display)
  const query = queryToKeep(params, display)

  function act<Result>(run: () => Promise<FormState<Result>>, done: (result: Result) => void) {
    startTransition(async () => {
      const answer = await run()
      setFailure(answer.ok === false ? answer.message : undefined)
      if (answer.ok) done(answer.result)
    })
  }

  const choose = (view: SavedView, whose: 'me' | 'workspace', isChosen: boolean) =>
    act(
      () => runAction(actions.setDefault, { whose, ...(isChosen && { id: view.id }) }),
      () =>
        showToast(
          isChosen ? `The trail opens with ${view.name}` : 'The trail opens with all events',
          whose === 'me' ? 'For you.' : 'For everybody who chose no view of their own.',
        ),
    )

  return (
    <>
      {failure && (
        <Notice kind="error" className="max-w-80">
          {failure}
        </Notice>
      )}
      <Menu
        trigger={
          <Button disabled={pending} className="max-w-64">
            <Bookmark aria-hidden />
            <span className="truncate">{open?.name ?? 'Saved views'}</span>
            {modified && <span className="font-normal text-quiet">modified</span>}
            <ChevronDown aria-hidden className="text-faint" />
          </Button>
        }
      >
        <ViewList views={views} openId={open?.id} isWholeTrail={!open && filterParams(params).size === 0} />
        <div className="mt-1 border-line border-t pt-1">
          {modified && open.canChange && (
            <MenuItem
              onSelect={() =>
                act(
                  () => runAction(actions.update, { id: open.id, query }),
                  (kept) => go(viewParams(kept)),
                )
              }
            >
              Save changes to {open.name}
            </MenuItem>
          )}
          <MenuItem onSelect={() => setDialog({ kind: 'create' })}>Save as a new view …</MenuItem>
          {open && (
            <MenuItem onSelect={() => choose(open, 'me', !open.isDefault)}>
              {open.isDefault ? 'Don’t open the trail with it' : 'Open the trail with it'}
            </MenuItem>
          )}
          {open?.isShared && mayChooseForAll && (
            <MenuItem onSelect={() => choose(open, 'workspace', !open.isWorkspaceDefault)}>
              {open.isWorkspaceDefault
                ? 'Don’t open it for everybody'
                : 'Open the trail with it for everybody'}
            </MenuItem>
          )}
          {open?.canChange && (
            <>
              <MenuItem onSelect={() => setDialog({ kind: 'edit', view: open })}>Rename or share …</MenuItem>
              <MenuItem onSelect={() => setDialog({ kind: 'remove', view: open })}>Remove …</MenuItem>
            </>
          )}
        </div>
      </Menu>
      <ViewDialogs dialog={dialog} query={query} actions={actions} onClose={() => setDialog(undefined)} />
    </>
  )
}
