'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { joinClasses } from '@/components/ui/join-classes'
import { TableFrame } from '@/components/ui/table'
import { visibleText } from '@/components/ui/visible-text'
import type { PreviewRow, PreviewStep } from '@/lib/collection/lines/line-view'
import { columnsWorthSeeing } from './sample-columns'

const STATES = { same: '', added: 'added', changed: 'changed' } as const

type Props = {
  label: string
  preview: PreviewStep
  /** Shows all columns from the beginning: of the source every one is new. */
  isSource?: boolean
}

/** The sample's rows as they are after a step: what it added and changed, and what became of rows that it took out. */
export function SampleRows({ label, preview, isSource = false }: Props) {
  const [isAll, setIsAll] = useState(isSource)
  const worth = columnsWorthSeeing(preview)
  const shown = isAll ? preview.columns.map((_, at) => at) : worth
  const hidden = preview.columns.length - worth.length
  return (
    <div className="min-w-0">
      <div className="mb-1 flex min-h-7 flex-wrap items-center justify-between gap-2 text-quiet text-xs">
        <span>{countWords(preview)}</span>
        {!isSource && hidden > 0 && (
          <Button size="sm" variant="quiet" aria-pressed={isAll} onClick={() => setIsAll(!isAll)}>
            {isAll ? 'What it changed' : `All ${preview.columns.length} columns`}
          </Button>
        )}
      </div>
      {shown.length === 0 ? (
        <p className="text-quiet text-sm">It adds and changes no column here.</p>
      ) : (
        <TableFrame label={label} className="max-h-80 overflow-y-auto">
          <table className="w-max min-w-full border-separate border-spacing-0 text-left text-xs">
            <thead>
              <tr>
                <th className="sticky top-0 left-0 z-2 w-px border-line border-b bg-paper px-2 font-medium text-quiet">
                  <span className="sr-only">Row</span>
                </th>
                {shown.map((at) => (
                  <ColumnHead key={at} {...(preview.columns[at] ?? { name: '', state: 'same' })} />
                ))}
              </tr>
            </thead>
            <tbody>
              {preview.rows.map((row) => (
                <SampleRow key={row.row} row={row} shown={shown} columns={preview.columns} />
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </div>
  )
}

function ColumnHead({ name, state }: PreviewStep['columns'][number]) {
  return (
    <th
      scope="col"
      className={joinClasses(
        'sticky top-0 h-7 whitespace-nowrap border-line border-b px-2 font-medium',
        state === 'same' ? 'bg-paper text-quiet' : 'bg-accent-soft text-accent',
      )}
    >
      <span className="literal">{visibleText(name)}</span>
      {STATES[state] && <span className="ml-1.5 font-normal">{STATES[state]}</span>}
    </th>
  )
}

type RowProps = { row: PreviewRow; shown: readonly number[]; columns: PreviewStep['columns'] }

function SampleRow({ row: { row, cells, outcome }, shown, columns }: RowProps) {
  const isGone = outcome !== undefined
  return (
    <>
      <tr className={isGone ? 'text-quiet line-through' : undefined}>
        <th
          scope="row"
          className="numeric sticky left-0 border-line border-b bg-surface px-2 text-right font-normal text-quiet"
        >
          {row + 1}
        </th>
        {shown.map((at) => (
          <td
            key={at}
            className={joinClasses(
              'max-w-72 truncate border-line border-b px-2 py-1',
              columns[at]?.state === 'same' || isGone ? undefined : 'bg-accent-soft/50',
            )}
            title={cells[at]}
          >
            <bdi className="literal">{visibleText((cells[at] ?? '').replaceAll('\n', ' ⏎ '))}</bdi>
          </td>
        ))}
      </tr>
      {outcome && (
        <tr>
          <td className="sticky left-0 border-line border-b bg-surface" />
          <td colSpan={shown.length} className="border-line border-b px-2 py-1">
            {outcome.kind === 'filtered' ? (
              <span className="text-quiet">Filtered out.</span>
            ) : (
              <span className="wrap-anywhere block max-w-[60ch] text-danger">
                Rejected: {outcome.reject.reason}
              </span>
            )}
          </td>
        </tr>
      )}
    </>
  )
}

function countWords({ rows }: PreviewStep): string {
  const filtered = rows.filter(({ outcome }) => outcome?.kind === 'filtered').length
  const rejected = rows.filter(({ outcome }) => outcome?.kind === 'rejected').length
  const stay = rows.filter(({ outcome, cells }) => !outcome && cells.length > 0).length
  return [
    `${stay} ${stay === 1 ? 'row goes' : 'rows go'} on`,
    filtered > 0 && `${filtered} filtered out`,
    rejected > 0 && `${rejected} rejected`,
  ]
    .filter(Boolean)
    .join(', ')
}
