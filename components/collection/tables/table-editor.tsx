'use client'

import { useRouter } from 'next/navigation'
import { useMemo, useState, useTransition } from 'react'
import { FileButton } from '@/components/collection/drafts/file-button'
import { keepFromSending } from '@/components/collection/drafts/keep-from-sending'
import { runJson } from '@/components/collection/drafts/run-json'
import { useUnsavedWarning } from '@/components/collection/drafts/use-unsaved-warning'
import { Field } from '@/components/form/field'
import { fieldsOf } from '@/components/form/fields-of'
import { useIsReady } from '@/components/form/use-is-ready'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { showToast } from '@/components/ui/toast'
import { formatTable } from '@/lib/collection/tables/format-table'
import type { SavedTable, TableContent, TableKind, TableProblem } from '@/lib/collection/tables/table'
import { BLANK_FORM, type FormAction, type FormState } from '@/lib/errors/form-state'
import { actsOnTables } from './acts-on-tables'
import { placeOf, problemsByCell } from './cell-problems'
import { CompanionSelect } from './companion-select'
import { changeWords } from './count-changes'
import { type Grid, squareGrid } from './grid'
import { mappingNames, namesInUse } from './mapping-names'
import { openFile } from './open-file'
import { ProblemList } from './problem-list'
import { TableCanvas } from './table-canvas'
import { cursorAt } from './table-grid'
import { useGridHistory } from './use-grid-history'
import { type Companion, useTableCheck } from './use-table-check'

type Props = {
  kind: TableKind
  /** Left out for a new one. */
  table?: { id: string; name: string; note: string; updatedAt: string }
  /** What a new one may be called. */
  named?: string
  content: TableContent
  problems: readonly TableProblem[]
  /** Tables of event properties that a mapping may go with, and the one that it is checked against. */
  companions: readonly { id: string; name: string }[]
  companion: Companion | undefined
  /** Attributes of rows as far as they are known. */
  attributes: readonly string[]
  loadCompanion: FormAction<Companion>
  /** Where tables stand; a saved one is below. */
  path: string
}

/** A table as a grid, with its name; saving makes a version. */
export function TableEditor(props: Props) {
  const { kind, table, content, companions, attributes, loadCompanion, path } = props
  const acts = actsOnTables(path)
  const router = useRouter()
  const isReady = useIsReady()
  const [isSaving, startSaving] = useTransition()
  const [answer, setAnswer] = useState<FormState<SavedTable>>(BLANK_FORM)
  const [named, setNamed] = useState({ name: table?.name ?? props.named ?? '', note: table?.note ?? '' })
  const [saved, setSaved] = useState({ ...named, grid: squareGrid(content.columns, content.rows) })
  const history = useGridHistory(saved.grid)
  const { grid } = history
  const [cursor, setCursor] = useState(cursorAt({ row: 0, column: 0 }))
  const [companion, setCompanion] = useState(props.companion)
  const csv = useMemo(() => toCsv(grid), [grid])
  const problems = useTableCheck(acts.check, { kind, content: csv, companion }, props.problems)
  const byCell = useMemo(() => problemsByCell(problems, grid.columns), [problems, grid.columns])
  const isNamedAnew = named.name !== saved.name || named.note !== saved.note
  const isChanged = !table || history.isChanged || isNamedAnew
  useUnsavedWarning(isChanged && !isSaving)
  const inUse = useMemo(() => (kind === 'mapping' ? namesInUse(grid) : []), [kind, grid])
  const { errors, message } = fieldsOf(answer)

  function save() {
    startSaving(async () => {
      const next = await runJson(table ? acts.update : acts.create, {
        ...(table ? { id: table.id, unchangedSince: table.updatedAt } : { kind }),
        ...(isNamedAnew || !table ? named : {}),
        ...(history.isChanged || !table ? { content: csv } : {}),
      })
      setAnswer(next)
      if (!next.ok) return
      history.markSaved()
      setSaved({ ...named, grid })
      showToast(
        next.result.isNew
          ? `Version ${next.result.version} of ${named.name} is saved`
          : `${named.name} is saved`,
      )
      // Until the page knows when it was saved, the next save would count as somebody else's.
      startSaving(() => (table ? router.refresh() : router.push(`${path}/${next.result.id}`)))
    })
  }
  async function importOver(file: File) {
    const opened = await openFile(file, kind, acts.open)
    if ('problem' in opened) return setAnswer({ ok: false, message: opened.problem, errors: {}, values: {} })
    setAnswer(BLANK_FORM)
    history.change(squareGrid(opened.columns, opened.rows))
  }

  const changes = useMemo(() => changeWords(saved.grid, grid), [saved.grid, grid])
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onKeyDown={keepFromSending}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {message && <Notice kind="error">{message}</Notice>}
      <div className="grid max-w-4xl gap-3 sm:grid-cols-2">
        <Field label="Name" error={errors.name}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={80}
              value={named.name}
              onChange={({ target }) => setNamed({ ...named, name: target.value })}
            />
          )}
        </Field>
        <Field label="Note" optional error={errors.note}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={500}
              value={named.note}
              onChange={({ target }) => setNamed({ ...named, note: target.value })}
            />
          )}
        </Field>
      </div>
      {kind === 'mapping' && (
        <CompanionSelect
          companions={companions}
          chosen={companion}
          load={loadCompanion}
          onChoose={setCompanion}
        />
      )}
      <TableCanvas
        kind={kind}
        label={named.name || 'New table'}
        grid={grid}
        cursor={cursor}
        onCursor={setCursor}
        problems={byCell}
        history={history}
        namesAt={({ row, column }) =>
          // The event id and the description are no templates.
          kind === 'mapping' && column > 1
            ? mappingNames(attributes, inUse, companion?.properties[grid.rows[row]?.[0] ?? ''] ?? [])
            : []
        }
      />
      <ProblemList
        problems={problems}
        onJump={(problem) => {
          const place = placeOf(problem, grid.columns)
          if (place && place.row < grid.rows.length) setCursor(cursorAt(place))
        }}
      />
      <div className="sticky bottom-0 z-4 -mx-4 flex flex-wrap items-center gap-2 border-line border-t bg-paper px-4 py-2.5 md:-mx-6 md:px-6">
        <Button type="submit" variant="primary" disabled={isSaving || !isReady || !isChanged}>
          {isSaving ? 'Saving …' : table ? 'Save changes' : 'Add table'}
        </Button>
        <FileButton
          label="CSV file to import"
          accept=".csv,.txt,text/csv"
          disabled={isSaving}
          onChoose={importOver}
        >
          Import CSV
        </FileButton>
        <LinkButton href={path}>{table ? 'Close' : 'Cancel'}</LinkButton>
        <span role="status" className="text-quiet text-sm">
          {table && changes && `Not saved yet: ${changes}.`}
          {!changes && table && isNamedAnew && 'Not saved yet.'}
        </span>
      </div>
    </form>
  )
}

const toCsv = ({ columns, rows }: Grid) =>
  formatTable({ columns: [...columns], rows: rows.map((cells) => [...cells]) })
