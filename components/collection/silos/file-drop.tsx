'use client'

import { Upload as UploadIcon } from 'lucide-react'
import { type DragEvent, useId, useRef, useState } from 'react'
import { useIsReady } from '@/components/form/use-is-ready'
import { Button } from '@/components/ui/button'
import { joinClasses } from '@/components/ui/join-classes'
import { UploadList } from './upload-list'
import { useUploads } from './use-uploads'

type Props = {
  /** Where the bytes go. */
  url: string
  pattern: string
}

/** Files dropped here, or chosen, go into the silo one after the other. */
export function FileDrop({ url, pattern }: Props) {
  const uploads = useUploads(url)
  const [isOver, setIsOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const hintId = useId()
  const isReady = useIsReady()
  const over = (is: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setIsOver(is)
  }
  return (
    <section aria-label="Hand over files" className="flex flex-col gap-3">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the pointer; the button does the same by keyboard */}
      <div
        onDragEnter={over(true)}
        onDragOver={over(true)}
        onDragLeave={over(false)}
        onDrop={(event) => {
          over(false)(event)
          uploads.add([...event.dataTransfer.files])
        }}
        className={joinClasses(
          'flex flex-wrap items-center justify-center gap-x-4 gap-y-2 rounded-lg border border-dashed px-4 py-6 text-center',
          isOver ? 'border-accent bg-accent-soft' : 'border-edge bg-surface',
        )}
      >
        <Button disabled={!isReady} onClick={() => input.current?.click()}>
          <UploadIcon aria-hidden />
          Choose files
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          tabIndex={-1}
          aria-label="Files to hand over"
          aria-describedby={hintId}
          className="sr-only"
          onChange={({ target }) => {
            uploads.add([...(target.files ?? [])])
            // The same file again must be a change too.
            target.value = ''
          }}
        />
        <p id={hintId} className="text-pretty text-quiet text-sm">
          or drop them here. CSV as it is or gzipped
          {pattern !== '*' && (
            <>
              , with names like <span className="literal">{pattern}</span>
            </>
          )}
          ; the same content twice is kept once.
        </p>
      </div>
      <UploadList uploads={uploads} />
    </section>
  )
}
