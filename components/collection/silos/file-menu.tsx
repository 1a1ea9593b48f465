'use client'

import { Ellipsis } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { amount } from '@/components/collection/row-counts'
import { runAction } from '@/components/form/run-action'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { COPY_REFUSED, copyText } from '@/components/ui/copy-text'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { showToast } from '@/components/ui/toast'
import type { FileState } from '@/lib/collection/files/file-view'
import type { FormAction } from '@/lib/errors/form-state'

export type FileActions = { remove: FormAction<void>; again: FormAction<void> }

type Props = {
  file: {
    id: string
    silo: string
    name: string
    sha256: string | null
    state: FileState
    /** Whether its content is still there. */
    isKept: boolean
    openRejects: number
  }
  path: string
  actions: FileActions | undefined
}

/** What can be done with a file. */
export function FileMenu({ file, path, actions }: Props) {
  const router = useRouter()
  const [isRemoving, setIsRemoving] = useState(false)
  const { id, silo, name, sha256, state, isKept, openRejects } = file
  const isBegun = state !== 'new'

  async function collectAgain(again: FormAction<void>) {
    const answer = await runAction(again, { silo, id })
    if (answer.ok === false) showToast('It did not work', answer.message)
    else showToast(`${name} waits to be collected again`, 'What is in the trail already stays there once.')
  }
  async function copySum(sum: string) {
    showToast((await copyText(sum)) ? 'SHA-256 copied' : COPY_REFUSED)
  }

  return (
    <>
      <Menu
        trigger={
          <IconButton label={`More about ${name}`}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {isKept && <MenuItem onSelect={() => router.push(`${path}/dry-run?file=${id}`)}>Dry run</MenuItem>}
        {isKept && (
          <MenuItem onSelect={() => window.location.assign(`${path}/files/${id}/content`)}>Download</MenuItem>
        )}
        {sha256 && <MenuItem onSelect={() => copySum(sha256)}>Copy SHA-256</MenuItem>}
        {actions && isKept && isBegun && (
          <MenuItem onSelect={() => collectAgain(actions.again)}>Collect again</MenuItem>
        )}
        {actions && <MenuItem onSelect={() => setIsRemoving(true)}>Remove …</MenuItem>}
      </Menu>
      {actions && (
        <ConfirmDialog
          title={`Remove ${name}?`}
          confirm="Remove file"
          open={isRemoving}
          onOpenChange={setIsRemoving}
          onConfirm={() =>
            runAction(actions.remove, { silo, id, discardRejects: openRejects > 0 ? 'true' : 'false' })
          }
        >
          <p>Its content is deleted here. Events that were collected from it stay in the trail.</p>
          {openRejects > 0 && (
            <p className="mt-2">
              <strong>{amount(openRejects, 'row')} to mend go with it</strong> and can’t be collected then.
            </p>
          )}
        </ConfirmDialog>
      )}
    </>
  )
}
