'use client'

import { useState, useTransition } from 'react'
import { FileButton } from '@/components/collection/drafts/file-button'
import type { SampleActions } from '@/components/collection/lines/sample-picker'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { Textarea } from '@/components/ui/textarea'
import type { TableContent, TableKind, TableProblem } from '@/lib/collection/tables/table'
import type { FormAction } from '@/lib/errors/form-state'
import { actsOnTables } from './acts-on-tables'
import { openFile, openText } from './open-file'
import { TableEditor } from './table-editor'
import { TemplatePanel } from './template-panel'
import type { Companion } from './use-table-check'

type Props = {
  kind: TableKind
  silos: readonly string[]
  companions: readonly { id: string; name: string }[]
  companion: Companion | undefined
  loadCompanion: FormAction<Companion>
  sampleActions: SampleActions
  path: string
}

type Started = { content: TableContent; problems: readonly TableProblem[]; name: string }

const BLANK_LOOKUP: TableContent = { columns: ['key', 'value'], rows: [['', '']] }

/** A new table: first its rows, from a file, the clipboard, or a template; then the grid. */
export function NewTable(props: Props) {
  const { kind, silos, companions, companion, loadCompanion, sampleActions, path } = props
  const { open, template } = actsOnTables(path)
  const [started, setStarted] = useState<Started>()
  const [failure, setFailure] = useState<string>()
  const [pasted, setPasted] = useState('')
  const [isPending, startTransition] = useTransition()

  function start(name: string, opening: () => ReturnType<typeof openText>) {
    startTransition(async () => {
      const opened = await opening()
      setFailure('problem' in opened ? opened.problem : undefined)
      if ('problem' in opened) return
      const { problems, ...content } = opened
      setStarted({ content, problems, name })
    })
  }
  if (started)
    return (
      <TableEditor
        kind={kind}
        named={started.name}
        content={started.content}
        problems={started.problems}
        companions={companions}
        companion={companion}
        attributes={[]}
        loadCompanion={loadCompanion}
        path={path}
      />
    )
  return (
    <div aria-busy={isPending || undefined} className="flex max-w-4xl flex-col gap-4">
      {failure && <Notice kind="error">{failure}</Notice>}
      <Panel title="Upload a CSV" description="It is opened in a grid first, where you can mend and name it.">
        <FileButton
          label="CSV file"
          accept=".csv,.txt,text/csv"
          disabled={isPending}
          onChoose={(file) => start(baseName(file.name), () => openFile(file, kind, open))}
        >
          Choose a file
        </FileButton>
      </Panel>
      <Panel title="Paste rows" description="With the names of the columns in the first row.">
        <div className="flex flex-col items-start gap-2">
          <Textarea
            aria-label="Rows as CSV"
            rows={5}
            spellCheck={false}
            className="literal"
            value={pasted}
            onChange={({ target }) => setPasted(target.value)}
          />
          <Button
            disabled={isPending || pasted.trim() === ''}
            onClick={() => start('', () => openText(pasted, kind, open, 'What was pasted'))}
          >
            Open in the grid
          </Button>
        </div>
      </Panel>
      {kind === 'lookup' ? (
        <Panel title="Begin with an empty table">
          <Button onClick={() => setStarted({ content: BLANK_LOOKUP, problems: [], name: '' })}>
            Open an empty grid
          </Button>
        </Panel>
      ) : (
        <TemplatePanel
          kind={kind}
          silos={silos}
          companions={companions}
          actions={sampleActions}
          makeTemplate={template}
          onMade={(csv) => start('', () => openText(csv, kind, open, 'The template'))}
        />
      )}
    </div>
  )
}

const baseName = (name: string) => name.replace(/\.[^.]*$/, '').slice(0, 80)
