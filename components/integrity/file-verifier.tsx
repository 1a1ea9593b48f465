'use client'

import { FileCheck2, Upload } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { joinClasses } from '@/components/ui/join-classes'
import { ProgressBar } from '@/components/ui/progress-bar'
import type { Skippable } from '@/lib/integrity/verify/skips'
import { PinnedKeys } from './pinned-keys'
import { useFileCheck } from './use-file-check'
import { VerdictView } from './verdict-view'

/** A bundle or proof that somebody was given: checked here, in the browser, and sent nowhere. */
export function FileVerifier({ policy: served }: { policy: string }) {
  const [pinned, setPinned] = useState<string>()
  const policy = pinned ?? served
  const [remembered, setRemembered] = useState('')
  const [allowed, setAllowed] = useState<readonly Skippable[]>([])
  const [file, setFile] = useState<File>()
  const [isOver, setIsOver] = useState(false)
  const { state, start, cancel } = useFileCheck()
  const picker = useRef<HTMLInputElement>(null)

  function check(next: File | undefined) {
    if (!next) return
    setFile(next)
    const notes = remembered.trim() ? [remembered.trimStart().replace(/\n*$/, '\n')] : []
    start({ file: next, policy, remembered: notes, allowSkipped: allowed })
  }
  function drop(event: DragEvent) {
    event.preventDefault()
    setIsOver(false)
    check(event.dataTransfer.files[0])
  }

  return (
    <div className="flex flex-col gap-3">
      {/** biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button inside is the first */}
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
        className={joinClasses(
          'flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-dashed px-4 py-5 text-sm',
          isOver ? 'border-accent bg-accent-soft' : 'border-edge bg-sunken',
        )}
      >
        <FileCheck2 aria-hidden className="size-5 text-quiet" />
        <span className="min-w-0 flex-1 basis-56">
          Drop an evidence bundle (.jsonl, .jsonl.gz) or a proof (.tlog-proof) here.
          <span className="block text-quiet text-xs">
            It stays in this browser. Large files take a while.
          </span>
        </span>
        <Button onClick={() => picker.current?.click()}>
          <Upload aria-hidden />
          Choose a file
        </Button>
        <input
          ref={picker}
          type="file"
          aria-label="File to verify"
          accept=".jsonl,.gz,.tlog-proof,.txt"
          className="sr-only"
          tabIndex={-1}
          onChange={({ target }) => {
            check(target.files?.[0])
            target.value = ''
          }}
        />
      </div>
      <PinnedKeys
        policy={policy}
        isPinned={pinned !== undefined}
        onPin={setPinned}
        remembered={remembered}
        onRemembered={setRemembered}
        allowed={allowed}
        onAllowed={setAllowed}
      />
      <div aria-live="polite" className="flex flex-col gap-2 empty:-mt-3">
        {state.kind === 'checking' && (
          <div className="flex items-center gap-3 text-sm">
            <ProgressBar label="Read so far" share={state.share} />
            <span className="numeric w-10 text-right text-quiet text-xs">
              {Math.floor(100 * state.share)} %
            </span>
            <Button size="sm" onClick={cancel}>
              Stop
            </Button>
          </div>
        )}
        {state.kind === 'done' && (
          <>
            <VerdictView verdict={state.verdict} what={file?.name ?? 'the file'} />
            <div>
              <Button size="sm" onClick={() => check(file)}>
                Check again
              </Button>
            </div>
          </>
        )}
      </div>
    </div>
  )
}
