import { AppError, type Violation } from '@/lib/errors/app-error'
import { formatTable } from './format-table'
import { MAX_TABLE_BYTES } from './input'
import { parseTable } from './parse-table'
import type { TableContent, TableKind, TableProblem } from './table'

/** A table without errors, and the text under which it is kept; with its warnings. */
export type SoundTable = { content: TableContent; text: string; warnings: TableProblem[] }

const placeOf = ({ row, column }: TableProblem) => (column ? `row ${row}, column ${column}` : `row ${row}`)

const toViolation = (problem: TableProblem): Violation => ({
  pointer: `/content/${problem.row}${problem.column ? `/${problem.column.replaceAll('~', '~0').replaceAll('/', '~1')}` : ''}`,
  code: 'invalid',
  detail: `Row ${problem.row}${problem.column ? `, column ${problem.column}` : ''}: ${problem.detail}`,
})

function tooLarge(bytes: number): AppError {
  const detail = `The table has ${bytes} bytes; at most ${MAX_TABLE_BYTES} are taken. Look it up before the file is written.`
  return new AppError('too_large', detail, {
    violations: [{ pointer: '/content', code: 'too_large', detail }],
  })
}

/**
 * Reads a table that shall be kept. Throws `invalid` with one violation for each error (`/content/<row>/<column>`), and
 * `too_large` above 16 MiB.
 */
export function requireSound(
  kind: TableKind,
  name: string,
  given: string,
  mandants?: ReadonlySet<string>,
): SoundTable {
  const bytes = Buffer.byteLength(given)
  if (bytes > MAX_TABLE_BYTES) throw tooLarge(bytes)
  const { content, problems } = parseTable(kind, given, mandants)
  const errors = problems.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (!first) return { content, text: formatTable(content), warnings: problems }
  const others = errors.length > 1 ? ` There are ${errors.length - 1} more.` : ''
  const message = `Table ${name}, ${placeOf(first)}: ${first.detail}${others}`
  throw new AppError('invalid', message, { violations: errors.map(toViolation) })
}
