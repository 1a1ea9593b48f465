'use client'

import { type DragEvent, useState } from 'react'
import { FileButton } from '@/components/collection/drafts/file-button'
import { readTextFile } from '@/components/collection/drafts/read-text-file'
import { Field } from '@/components/form/field'
import { useIsReady } from '@/components/form/use-is-ready'
import { joinClasses } from '@/components/ui/join-classes'
import { Notice } from '@/components/ui/notice'
import { Textarea } from '@/components/ui/textarea'

/** What a field shows of a long text: its beginning; a browser is slow with megabytes in a field. */
const SHOWN_LENGTH = 20_000

export type ChosenText = { name: string; text: string }

type Props = {
  chosen: ChosenText
  onChange: (chosen: ChosenText) => void
  error: string | undefined
  example: string
}

/** A file that is chosen or dropped, or text that is pasted. */
export function FileChoice({ chosen, onChange, error, example }: Props) {
  const [isOver, setIsOver] = useState(false)
  const [problem, setProblem] = useState<string>()
  const isReady = useIsReady()
  const isLong = chosen.text.length > SHOWN_LENGTH
  async function open(file: File) {
    const read = await readTextFile(file)
    setProblem('problem' in read ? read.problem : undefined)
    if ('text' in read) onChange({ name: file.name, text: read.text })
  }
  const over = (is: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setIsOver(is)
  }
  return (
    <div className="flex flex-col gap-3">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the pointer; the button does the same by keyboard */}
      <div
        onDragEnter={over(true)}
        onDragOver={over(true)}
        onDragLeave={over(false)}
        onDrop={(event) => {
          over(false)(event)
          const file = event.dataTransfer.files[0]
          if (file) void open(file)
        }}
        className={joinClasses(
          'flex flex-wrap items-center justify-center gap-x-4 gap-y-2 rounded-lg border border-dashed px-4 py-5 text-center',
          isOver ? 'border-accent bg-accent-soft' : 'border-edge bg-surface',
        )}
      >
        <FileButton
          label="File"
          accept=".csv,.json,.txt,text/csv,application/json"
          disabled={!isReady}
          onChoose={open}
        >
          Choose a file
        </FileButton>
        <p className="text-pretty text-quiet text-sm">
          {chosen.name ? (
            <>
              <strong className="wrap-anywhere text-ink">{chosen.name}</strong> is chosen; drop another one
              here to replace it.
            </>
          ) : (
            'or drop it here: CSV with a header, or JSON.'
          )}
        </p>
      </div>
      {problem && <Notice kind="error">{problem}</Notice>}
      <Field
        label="Content"
        error={error}
        hint={
          isLong ? 'Only its beginning is shown; all of it is read.' : 'Or paste rows from a spreadsheet.'
        }
      >
        {(control) => (
          <Textarea
            {...control}
            rows={6}
            value={isLong ? chosen.text.slice(0, SHOWN_LENGTH) : chosen.text}
            readOnly={isLong}
            placeholder={example}
            spellCheck={false}
            wrap="off"
            className="literal"
            onChange={({ target }) => onChange({ ...chosen, text: target.value })}
          />
        )}
      </Field>
    </div>
  )
}
