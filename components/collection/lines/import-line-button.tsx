'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { FileButton } from '@/components/collection/drafts/file-button'
import { readTextFile } from '@/components/collection/drafts/read-text-file'
import { runJson, sendJson } from '@/components/collection/drafts/run-json'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog } from '@/components/ui/dialog'
import { showToast } from '@/components/ui/toast'
import type { FormState } from '@/lib/errors/form-state'

export type ImportedLine = { id: string; created: string[]; updated: string[]; isConflict?: false }
/** Something of a name is here already, and is not the same. */
export type ImportConflict = { isConflict: true; message: string }
export type ImportAnswer = ImportedLine | ImportConflict

/** `path` is where lines stand. */
type Props = { path: string }

/** Takes in a line that was exported, with its tables; asks before anything that is here gets a new version. */
export function ImportLineButton({ path }: Props) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [failure, setFailure] = useState<string>()
  const [differing, setDiffering] = useState<{ file: unknown; message: string }>()

  async function send(file: unknown, replaces: boolean): Promise<FormState<ImportAnswer>> {
    const answer = await runJson(sendJson<ImportAnswer>(`${path}/acts/import`), { file, replaces })
    if (answer.ok && !answer.result.isConflict) {
      const { id, created, updated } = answer.result
      showToast('The line is imported', [...created, ...updated].join(', ') || 'All of it was here already')
      router.push(`${path}/${id}`)
    }
    return answer
  }
  function choose(chosen: File) {
    startTransition(async () => {
      const read = await readTextFile(chosen)
      if ('problem' in read) return setFailure(read.problem)
      const file = parse(read.text)
      if (file === undefined)
        return setFailure(`${chosen.name} is no JSON. Choose a file that was exported from a line.`)
      const answer = await send(file, false)
      if (answer.ok === false)
        setFailure([answer.message, ...Object.values(answer.errors).slice(0, 5)].join('\n'))
      else if (answer.ok && answer.result.isConflict) setDiffering({ file, message: answer.result.message })
    })
  }
  return (
    <>
      <FileButton
        label="Line to import"
        accept=".json,application/json"
        disabled={isPending}
        onChoose={choose}
      >
        Import
      </FileButton>
      <Dialog
        title="It was not imported"
        open={failure !== undefined}
        onOpenChange={(isOpen) => isOpen || setFailure(undefined)}
      >
        <p className="wrap-anywhere whitespace-pre-line text-sm">{failure}</p>
      </Dialog>
      <ConfirmDialog
        title="Import it as a new version?"
        confirm="Import as new version"
        open={differing !== undefined}
        onOpenChange={(isOpen) => isOpen || setDiffering(undefined)}
        onConfirm={async () => {
          const answer = await send(differing?.file, true)
          if (answer.ok && answer.result.isConflict) return { ok: false, message: answer.result.message }
          return answer
        }}
      >
        {differing?.message} Runs from now on use what is imported; earlier versions stay.
      </ConfirmDialog>
    </>
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
