'use client'

import { useId, useState, useTransition } from 'react'
import { FileButton } from '@/components/collection/drafts/file-button'
import { readTextFile } from '@/components/collection/drafts/read-text-file'
import { runJson } from '@/components/collection/drafts/run-json'
import { Field } from '@/components/form/field'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import type { FormAction, FormState } from '@/lib/errors/form-state'
import type { LineSample } from './sample'

/** Of a file that is read here only its beginning is sent. */
const SENT_LETTERS = 200_000

export type SampleActions = {
  /** The files of a silo, the newest first. */
  listFiles: FormAction<{ id: string; name: string }[]>
  readFile: FormAction<LineSample>
  readText: FormAction<LineSample>
}

type Props = {
  sample: LineSample | undefined
  silos: readonly string[]
  actions: SampleActions
  /** What is said while there is none. */
  blank?: string
  onChoose: (sample: LineSample | undefined) => void
  /** While a sample is read, and when that has ended. */
  onReading?: (isReading: boolean) => void
}

const BLANK = 'None yet. With one, rows are shown after each step.'

/** Rows to try a line with: of a file in a silo, of one on this computer, or pasted. */
export function SamplePicker({ sample, silos, actions, blank = BLANK, onChoose, onReading }: Props) {
  const [isOpen, setIsOpen] = useState(sample === undefined)
  const [isPending, startTransition] = useTransition()
  const [failure, setFailure] = useState<string>()

  function take(asking: () => Promise<FormState<LineSample>>) {
    onReading?.(true)
    startTransition(async () => {
      const answer = await asking().finally(() => onReading?.(false))
      setFailure(
        answer.ok === false ? [answer.message, ...Object.values(answer.errors)].join(' ') : undefined,
      )
      if (!answer.ok) return
      onChoose(answer.result)
      setIsOpen(false)
    })
  }
  return (
    <section aria-label="Choose a sample" aria-busy={isPending || undefined} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <span className="font-medium">Sample</span>
        <span className="min-w-0 truncate text-quiet">
          {sample
            ? `${sample.name}: ${sample.rows.length} rows, ${sample.header?.length ?? sample.rows[0]?.length ?? 0} columns`
            : blank}
        </span>
        {sample && (
          <Button size="sm" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            Another sample
          </Button>
        )}
      </div>
      {failure && <Notice kind="error">{failure}</Notice>}
      {isOpen && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 rounded-md border border-line p-3 lg:grid-cols-2">
          <SiloFile silos={silos} actions={actions} isPending={isPending} onTake={take} />
          <OwnRows actions={actions} isPending={isPending} onTake={take} onFailure={setFailure} />
        </div>
      )}
    </section>
  )
}

type PartProps = {
  actions: SampleActions
  isPending: boolean
  onTake: (asking: () => Promise<FormState<LineSample>>) => void
}

function SiloFile({ silos, actions, isPending, onTake }: PartProps & { silos: readonly string[] }) {
  const [silo, setSilo] = useState('')
  const [files, setFiles] = useState<{ id: string; name: string }[]>()
  async function choose(name: string) {
    setSilo(name)
    setFiles(undefined)
    if (name === '') return
    const answer = await runJson(actions.listFiles, { silo: name })
    if (answer.ok) setFiles(answer.result)
  }
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="File of the silo"
        hint={silos.length === 0 ? 'There is no silo yet: paste some rows, or choose a file.' : undefined}
      >
        {(control) => (
          <Select
            {...control}
            value={silo}
            disabled={silos.length === 0}
            onChange={({ target }) => choose(target.value)}
          >
            <option value="">Choose a silo</option>
            {silos.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {files?.length === 0 && <p className="text-quiet text-sm">This silo has no file with content.</p>}
      {files && files.length > 0 && (
        <ul className="max-h-40 divide-y divide-line overflow-y-auto rounded-md border border-line">
          {files.map(({ id, name }) => (
            <li key={id}>
              <button
                type="button"
                disabled={isPending}
                className="w-full truncate px-2.5 py-1.5 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2"
                onClick={() => onTake(() => readNamed(actions.readFile, { silo, id }, name))}
              >
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function OwnRows({
  actions,
  isPending,
  onTake,
  onFailure,
}: PartProps & { onFailure: (text: string) => void }) {
  const [text, setText] = useState('')
  const id = useId()
  async function read(file: File) {
    const beginning = await readTextFile(new File([file.slice(0, SENT_LETTERS)], file.name))
    if ('problem' in beginning) return onFailure(beginning.problem)
    onTake(() => runJson(actions.readText, { name: file.name, text: wholeLines(beginning.text) }))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files can be dropped here; the button beside takes them too
    <div
      className="flex flex-col gap-2"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        const file = event.dataTransfer.files[0]
        if (file) read(file)
      }}
    >
      <label htmlFor={id} className="font-medium text-sm">
        Rows as CSV
      </label>
      <Textarea
        id={id}
        rows={4}
        spellCheck={false}
        placeholder={'time;user;action\n2026-11-21T10:00:00Z;jdoe;login'}
        className="literal"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <div className="flex flex-wrap gap-2">
        <Button
          disabled={isPending || text.trim() === ''}
          onClick={() =>
            onTake(() =>
              runJson(actions.readText, {
                name: 'Pasted rows',
                text: wholeLines(text.slice(0, SENT_LETTERS)),
              }),
            )
          }
        >
          Use these rows
        </Button>
        <FileButton label="Sample file" disabled={isPending} onChoose={read}>
          Choose a file
        </FileButton>
        <span className="self-center text-quiet text-xs">or drop one here</span>
      </div>
    </div>
  )
}

/** Says which file it is: the server knows it by its id. */
async function readNamed(
  readFile: SampleActions['readFile'],
  file: { silo: string; id: string },
  name: string,
): Promise<FormState<LineSample>> {
  const answer = await runJson(readFile, file)
  return answer.ok ? { ok: true, result: { ...answer.result, name } } : answer
}

/** Where the file was cut, its last line is no whole row. */
function wholeLines(text: string): string {
  if (text.length < SENT_LETTERS / 4) return text
  return text.slice(0, Math.max(text.lastIndexOf('\n'), 0) || text.length)
}
