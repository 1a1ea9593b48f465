'use client'

import { Check, CircleAlert, CopyCheck, X } from 'lucide-react'
import { formatBytes } from '@/components/forwarding/format-bytes'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { ProgressBar } from '@/components/ui/progress-bar'
import { visibleText } from '@/components/ui/visible-text'
import { isOpen, type Upload, uploadsInWords } from './upload-queue'
import type { Uploads } from './use-uploads'

/** The files of this visit, each with how far it is or how it ended. */
export function UploadList({ uploads: { list, stop, clear } }: { uploads: Uploads }) {
  if (list.length === 0) return null
  const isBusy = list.some(isOpen)
  return (
    <div className="rounded-lg border border-line bg-surface">
      <div className="flex items-center justify-between gap-3 border-line border-b py-1 pr-1.5 pl-3">
        <p aria-live="polite" className="text-sm">
          {isBusy ? `Sending ${list.filter(isOpen).length} of ${list.length}` : uploadsInWords(list)}
        </p>
        <Button size="sm" variant="quiet" onClick={clear} disabled={list.every(isOpen)}>
          Clear
        </Button>
      </div>
      <ul className="max-h-72 divide-y divide-line overflow-y-auto">
        {list.map((upload) => (
          <li key={upload.key} className="flex min-h-9 items-center gap-3 py-1 pr-1.5 pl-3 text-sm">
            <StateMark state={upload.state} />
            <div className="min-w-0 flex-1">
              <span className="wrap-anywhere">{visibleText(upload.name)}</span>{' '}
              <span className="numeric whitespace-nowrap text-quiet text-xs">
                {formatBytes(upload.bytes)}
              </span>
              {upload.message && (
                <p className={`text-xs ${upload.state === 'refused' ? 'text-danger' : 'text-quiet'}`}>
                  {visibleText(upload.message)}
                </p>
              )}
            </div>
            <Progress upload={upload} />
            {isOpen(upload) && (
              <IconButton label={`Stop ${upload.name}`} onClick={() => stop(upload.key)}>
                <X aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

const WORDS: Record<Upload['state'], string> = {
  waiting: 'waits',
  sending: '',
  received: 'received',
  duplicate: 'there already',
  refused: 'refused',
  stopped: 'stopped',
}

function Progress({ upload: { name, state, share } }: { upload: Upload }) {
  if (state !== 'sending') return <span className="whitespace-nowrap text-quiet text-xs">{WORDS[state]}</span>
  // All bytes are gone, and the silo still packs and stores them.
  if (share === 1) return <span className="whitespace-nowrap text-quiet text-xs">is being stored …</span>
  return (
    <span className="flex w-28 items-center gap-2 sm:w-44">
      <ProgressBar label={`Sending ${name}`} share={share} />
      <span className="numeric w-9 text-right text-quiet text-xs">{Math.floor(100 * share)} %</span>
    </span>
  )
}

const MARKS: Partial<Record<Upload['state'], { icon: typeof Check; tone: string }>> = {
  received: { icon: Check, tone: 'text-success' },
  duplicate: { icon: CopyCheck, tone: 'text-quiet' },
  refused: { icon: CircleAlert, tone: 'text-danger' },
}

function StateMark({ state }: { state: Upload['state'] }) {
  const mark = MARKS[state]
  if (!mark) return <span className="size-4 shrink-0" />
  return <mark.icon aria-hidden className={`size-4 shrink-0 ${mark.tone}`} />
}
