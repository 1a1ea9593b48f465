import { setImmediate as giveWay } from 'node:timers/promises'
import { detectShape } from '@/lib/collection/reading/detect-shape'
import { HEAD_BYTES } from '@/lib/collection/reading/limits'
import { eachRecord } from '@/lib/collection/tables/parse-cells'
import { readFields } from '@/lib/ledger/entities/read-fields'
import type { EntityType } from '@/lib/ledger/entity-types'
import type { GivenEntities } from './given-entities'
import { MAX_ROWS } from './limits'
import { makePace } from './pace'
import { type Columns, readColumns } from './read-columns'

/** An apostrophe that keeps a spreadsheet from running a text, as our own files have it. */
const HARMLESS = /^'+[=+\-@\t\r]/

const withoutApostrophe = (cell: string) => (HARMLESS.test(cell) ? cell.slice(1) : cell)

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '')

/** What parts the cells of most rows alike; a list of keys alone has nothing that parts them. */
function detectDelimiter(text: string): { delimiter: string; doubts: string[] } {
  const head = text.slice(0, HEAD_BYTES)
  const { shape, rows, doubts } = detectShape(head, '\n', { quote: '"' }, head.length < text.length)
  const isSingle = (rows[0]?.cells?.length ?? 0) <= 1
  return { delimiter: shape.delimiter, doubts: isSingle ? [] : doubts }
}

/** The cells of a row, as many as the header has; undefined where others are there. */
function fitting(cells: readonly string[], width: number): readonly string[] | undefined {
  if (cells.length === width) return cells
  return cells.length > width && isBlank(cells.slice(width)) ? cells.slice(0, width) : undefined
}

/** Reads the rows of a CSV text with a header into `entities`; gives hints. */
export async function readCsv(
  type: EntityType,
  text: string,
  given: { delimiter?: string },
  entities: GivenEntities,
): Promise<string[]> {
  const detected = given.delimiter ? { delimiter: given.delimiter, doubts: [] } : detectDelimiter(text)
  const records = eachRecord(text, detected.delimiter)
  const isTime = makePace()
  let header: (Columns & { width: number }) | undefined
  for (let next = records.next(); ; next = records.next()) {
    if (next.done) {
      // What it can't read on from begins with the row that it names, counted in rows and not in lines.
      if (next.value) entities.complain(next.value.row, undefined, next.value.detail)
      break
    }
    const { line, cells } = next.value
    if (!header) {
      if (isBlank(cells)) continue
      const complain = (column: string | undefined, detail: string) => entities.complain(line, column, detail)
      header = { ...readColumns(type, cells, complain), width: cells.length }
      if (entities.problems.length > 0) break
      continue
    }
    if (isBlank(cells)) continue
    if (entities.rows >= MAX_ROWS) {
      entities.complain(
        line,
        undefined,
        `There are more than ${MAX_ROWS} rows. Load them in parts, as deltas.`,
      )
      break
    }
    readRow(type, header, line, cells, entities)
    if (entities.isFull) break
    if (isTime()) await giveWay()
  }
  if (!header) entities.complain(1, undefined, 'The first row names the columns, and there is none.')
  return [...detected.doubts, ...(header?.hints ?? [])]
}

function readRow(
  type: EntityType,
  { columns, names, unnamed, width }: Columns & { width: number },
  line: number,
  given: readonly string[],
  entities: GivenEntities,
): void {
  const cells = fitting(given, width)
  if (!cells) {
    const what = `The row has ${given.length} cells, the header has ${width}.`
    entities.complain(line, undefined, `${what} Look at the delimiters and quotes.`)
    entities.rows++
    return
  }
  const place = unnamed.find((one) => cells[one]?.trim())
  if (place !== undefined)
    entities.complain(
      line,
      undefined,
      `Column ${place + 1} has a value and no name. Name it in the header, or empty it.`,
    )
  const fields = columns.map(({ place, name, field }) => ({
    name,
    field,
    value: withoutApostrophe(cells[place] ?? ''),
  }))
  const { key, given: record } = readFields(type, fields, names, (column, detail) =>
    entities.complain(line, column, detail),
  )
  entities.add(key, line, record)
}
