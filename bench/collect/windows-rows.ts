import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const FILE = new URL('../../e2e/data/windows-security/security.csv.gz', import.meta.url)
const BEGIN_MS = Date.UTC(2026, 0, 1)
/** As many events a second as a domain controller writes on a busy day. */
const ROWS_A_SECOND = 100
const PIECE_BYTES = 1 << 20

type Row = { eventId: string; rest: string }

const [header = '', ...recorded] = gunzipSync(readFileSync(FILE)).toString().trimEnd().split('\r\n')
export const WINDOWS_COLUMNS: readonly string[] = header.split(';')

/** Without what is made anew: time and record number, which are the second and third cell. */
const recordedRows = recorded.map((row): Row => {
  const [eventId = '', , , ...rest] = row.split(';')
  return { eventId, rest: rest.join(';') }
})

/** `20260101000000`, of a second after the beginning. */
const stamp = (second: number) =>
  new Date(BEGIN_MS + second * 1000).toISOString().replaceAll(/[-:T]|\..*/g, '')

/**
 * A file of so many of the recorded Windows events, over and over, each with a record number of its own from `first` on,
 * and so an identity of its own, in pieces of about a mebibyte.
 */
export function* windowsFile(rows: number, first = 0): Generator<Buffer> {
  let piece = `${header}\r\n`
  let time = ''
  for (let i = first; i < first + rows; i++) {
    if (i % ROWS_A_SECOND === 0 || time === '') time = stamp(Math.floor(i / ROWS_A_SECOND))
    const row = recordedRows[i % recordedRows.length] as Row
    piece += `${row.eventId};${time};${i};${row.rest}\r\n`
    if (piece.length < PIECE_BYTES) continue
    yield Buffer.from(piece)
    piece = ''
  }
  if (piece !== '') yield Buffer.from(piece)
}
