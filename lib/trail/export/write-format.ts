import type { ShownEvent } from '@/lib/trail/with-matched'
import { toCsvLine } from './csv'
import type { ExportFormat, ExportRequest } from './input'
import { MATCHED_COLUMNS, NATIVE_COLUMNS } from './native-columns'
import { TARGET_FIELDS, toTargetJson, toTargetValues } from './target-fields'

/** Text of a file: before, for each chunk of events (JSON texts, one a line; never empty), and after. */
export type FormatWriter = { head: string; write(lines: string, isFirst: boolean): string; tail: string }

export const MEDIA_TYPES: Record<ExportFormat, string> = {
  ndjson: 'application/x-ndjson',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8; header=present',
}

const parseLines = (lines: string) => lines.split('\n').map((line): ShownEvent => JSON.parse(line))

const toTargetLines = (lines: string, mandant: string) =>
  parseLines(lines)
    .map((event) => toTargetJson(event, mandant))
    .join('\n')

function csvWriter({ fields, matched }: ExportRequest, mandant: string): FormatWriter {
  const more = matched === 'true' ? MATCHED_COLUMNS : []
  const toCells = (event: ShownEvent) => [
    ...(fields === 'target'
      ? toTargetValues(event, mandant)
      : NATIVE_COLUMNS.map(([, read]) => read(event) ?? '')),
    ...more.map(([, read]) => read(event.matched ?? {}) ?? ''),
  ]
  const names = fields === 'target' ? TARGET_FIELDS : NATIVE_COLUMNS.map(([name]) => name)
  return {
    head: toCsvLine([...names, ...more.map(([name]) => name)]),
    write: (lines) =>
      parseLines(lines)
        .map((event) => toCsvLine(toCells(event)))
        .join(''),
    tail: '',
  }
}

/** The writer of one export. `mandant` stands in the collection field of that name. */
export function formatWriter(request: ExportRequest, mandant: string): FormatWriter {
  const { format, fields } = request
  if (format === 'csv') return csvWriter(request, mandant)
  const toLines = (lines: string) => (fields === 'target' ? toTargetLines(lines, mandant) : lines)
  if (format === 'ndjson') return { head: '', write: (lines) => `${toLines(lines)}\n`, tail: '' }
  return {
    head: '[',
    // JSON text has no line end of its own, so every one stands between two events.
    write: (lines, isFirst) => `${isFirst ? '\n' : ',\n'}${toLines(lines).replaceAll('\n', ',\n')}`,
    tail: '\n]\n',
  }
}
