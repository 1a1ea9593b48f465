import type { Transaction } from '@/db/client'
import { type BlockRow, type Piece, readPieces } from './block-row'
import { findTerm, type Position, pagesOf } from './directory'
import { DIRECTORY_ENTRY, DIRECTORY_PAGE } from './encoded-block'
import type { TermHash } from './term-hash'

export const termKey = ({ a, b }: TermHash): string => `${a} ${b}`

/** Terms of a row that have postings, by `termKey`. */
export type FoundTerms = Map<string, Position>

/** The page of the row's directory that the term stands on if it is there. */
function pieceFor(row: BlockRow, term: TermHash): Piece {
  const { from, to } = pagesOf(row.directoryPages, term)
  const first = from * DIRECTORY_PAGE
  const end = Math.min(to * DIRECTORY_PAGE, row.entries)
  return { row, offset: first * DIRECTORY_ENTRY, length: Math.max(0, end - first) * DIRECTORY_ENTRY }
}

/** Looks the terms up in the directories of the rows. */
export async function findTerms(
  tx: Transaction,
  tenantId: string,
  rows: readonly BlockRow[],
  terms: readonly TermHash[],
): Promise<Map<BlockRow, FoundTerms>> {
  const found = new Map<BlockRow, FoundTerms>(rows.map((row) => [row, new Map()]))
  const wanted = rows.flatMap((row) => terms.map((term) => ({ term, ...pieceFor(row, term) })))
  const pieces = wanted.filter(({ length }) => length > 0)
  const read = await readPieces(tx, tenantId, 'directory', pieces)
  for (const [i, directory] of read.entries()) {
    const { row, term } = pieces[i] as (typeof pieces)[number]
    const position = findTerm(directory, term)
    if (position) found.get(row)?.set(termKey(term), position)
  }
  return found
}
