import type { Transaction } from '@/db/client'
import { type BlockRow, type Piece, readPieces, readWhole } from './block-row'
import { entryCount, findTerm, type Position } from './directory'
import { DIRECTORY_ENTRY } from './encoded-block'
import type { TermHash } from './term-hash'

/** Five standard deviations: of a million searches one does not find its place inside, and reads the directory whole. */
const DEVIATIONS = 5
/** From this share of the directory on, one whole read is cheaper than pieces. */
const WHOLE_FROM = 0.5

export const termKey = ({ a, b }: TermHash): string => `${a} ${b}`

/** Terms of a row that have postings, by `termKey`. */
export type FoundTerms = Map<string, Position>

/** Hashes are spread evenly, so a term's place in the sorted directory is known but for some entries. */
function windowOf(row: BlockRow, { a }: TermHash): { from: number; to: number } {
  const share = a / 2 ** 32
  const spread = Math.ceil(DEVIATIONS * Math.sqrt(row.entries * share * (1 - share))) + 2
  const middle = Math.floor(share * row.entries)
  return { from: Math.max(0, middle - spread), to: Math.min(row.entries, middle + spread) }
}

/** True if the term would stand inside this piece of the directory, were it there. */
function covers(
  piece: Buffer,
  { from, to }: { from: number; to: number },
  row: BlockRow,
  term: TermHash,
): boolean {
  const count = entryCount(piece)
  if (count === 0) return true
  const startsBefore = from === 0 || piece.readUInt32LE(0) < term.a
  const endsAfter = to === row.entries || piece.readUInt32LE((count - 1) * DIRECTORY_ENTRY) > term.a
  return startsBefore && endsAfter
}

/** Looks the terms up in the directories of the rows. */
export async function findTerms(
  tx: Transaction,
  tenantId: string,
  rows: readonly BlockRow[],
  terms: readonly TermHash[],
): Promise<Map<BlockRow, FoundTerms>> {
  const found = new Map<BlockRow, FoundTerms>(rows.map((row) => [row, new Map()]))
  if (terms.length === 0) return found
  const whole: BlockRow[] = []
  const pieces: (Piece & { term: TermHash; from: number; to: number })[] = []
  for (const row of rows) {
    const windows = terms.map((term) => ({ term, row, ...windowOf(row, term) }))
    const wanted = windows.reduce((sum, { from, to }) => sum + to - from, 0)
    if (wanted > row.entries * WHOLE_FROM) whole.push(row)
    else
      for (const window of windows) {
        const { from, to } = window
        pieces.push({ ...window, offset: from * DIRECTORY_ENTRY, length: (to - from) * DIRECTORY_ENTRY })
      }
  }
  const note = (row: BlockRow, directory: Buffer, term: TermHash) => {
    const position = findTerm(directory, term)
    if (position) found.get(row)?.set(termKey(term), position)
  }
  const read = await readPieces(tx, tenantId, 'directory', pieces)
  for (const [i, directory] of read.entries()) {
    const piece = pieces[i] as (typeof pieces)[number]
    if (covers(directory, piece, piece.row, piece.term)) note(piece.row, directory, piece.term)
    else if (!whole.includes(piece.row)) whole.push(piece.row)
  }
  for (const [row, directory] of await readWhole(tx, tenantId, 'directory', whole))
    for (const term of terms) note(row, directory, term)
  return found
}
