import { EMPTY_FRONTIER, extendFrontier } from '@/lib/integrity/tree/frontier'
import { HASH_BYTES } from '@/lib/integrity/tree/hash-node'
import { type LeafRange, perfectSubtrees } from '@/lib/integrity/tree/proof-ranges'
import { TILE_WIDTH } from '@/lib/integrity/tree/tile'
import { hexLeaves, placeRows } from './check-tile'
import { classifyRows, goneFinding, rowFindings } from './classify-rows'
import { type Candidates, guessLeaves } from './guess-leaves'
import type { LeafRow } from './leaf-row'
import { eventFinding, type ScrubFinding } from './scrub-failure'

/** A perfect subtree of the signed tree, and its root by the head's frontier. */
type SignedSubtree = LeafRange & { hash: Buffer }

export const edgeStart = (size: number) => size - (size % TILE_WIDTH)

/** The perfect subtrees of a tree with the roots that its frontier holds. */
export function signedSubtrees(size: number, frontier: Buffer): SignedSubtree[] {
  return perfectSubtrees({ start: 0, end: size }).map((range, i) => ({
    ...range,
    hash: frontier.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  }))
}

/** What is no hash at all is none that fits. */
const bytes = (hex: string) =>
  hex.length === 2 * HASH_BYTES ? Buffer.from(hex, 'hex') : Buffer.alloc(HASH_BYTES)

function candidatesOf({ stored, derived, atIdTime }: LeafRow): Candidates {
  return {
    stored: bytes(stored),
    derived: derived === undefined ? undefined : bytes(derived),
    atIdTime: () => {
      const early = atIdTime?.()
      return early === undefined ? undefined : bytes(early)
    },
  }
}

/** Where an event was inserted: the place of the one row without which the others make the edge. */
function findInserted(rows: readonly LeafRow[], count: number, edge: Buffer): number | undefined {
  if (rows.length <= count) return undefined
  const leaves = rows.slice(0, count + 1).map(({ stored, derived }) => bytes(derived ?? stored))
  for (let i = 0; i < count; i++) {
    const rest = Buffer.concat(leaves.filter((_, j) => j !== i))
    if (extendFrontier(EMPTY_FRONTIER, rest).hashes.equals(edge)) return i
  }
  return undefined
}

function checkSubtree(
  rows: readonly (LeafRow | undefined)[],
  { start, end, hash }: SignedSubtree,
  lastSeq: number,
): ScrubFinding[] {
  const present = rows.filter((row) => row !== undefined)
  if (present.length < rows.length) {
    const gone = rows.flatMap((row, i) => (row ? [] : [goneFinding(start + i, lastSeq)]))
    // Without all leaves nothing but a row itself says what was sealed.
    return [
      ...gone,
      ...present.flatMap((row) =>
        row.derived === row.stored
          ? rowFindings(row, row.stored)
          : classifyRows([row], { first: row.seq, leaves: [row.stored], find: () => undefined }, lastSeq),
      ),
    ]
  }
  const leaves = guessLeaves(present.map(candidatesOf), hash)
  if (!leaves) {
    const detail =
      end - start === 1
        ? 'It is not the event that was sealed.'
        : 'At least one of them is not what was sealed.'
    return [eventFinding('altered', start, end - 1, detail)]
  }
  const sealed = hexLeaves(Buffer.concat(leaves))
  const places = new Map(sealed.map((leaf, i) => [leaf, start + i]))
  const intact = present.flatMap((row, i) =>
    row.derived === sealed[i] ? rowFindings(row, row.derived as string) : [],
  )
  const find = (leaf: string) => places.get(leaf)
  return [...classifyRows(present, { first: start, leaves: sealed, find }, lastSeq), ...intact]
}

/**
 * Compares the rows behind the last full tile with the edge that the head signs. `rows` begin at `edgeStart(size)`,
 * and hold one more than is sealed if there is one.
 */
export function checkEdge(
  rows: readonly LeafRow[],
  size: number,
  frontier: Buffer,
  { lastSeq, nextSeq }: { lastSeq: number; nextSeq: number },
): ScrubFinding[] {
  const start = edgeStart(size)
  const count = size - start
  const subtrees = signedSubtrees(size, frontier).filter((subtree) => subtree.start >= start)
  const edge = Buffer.concat(subtrees.map(({ hash }) => hash))
  const placed = placeRows(rows, start, count)
  const findings = subtrees.flatMap((subtree) =>
    checkSubtree(placed.slice(subtree.start - start, subtree.end - start), subtree, lastSeq),
  )
  const isWrong = findings.some(({ reason }) => reason === 'altered' || reason === 'swapped')
  if (!isWrong) return findings
  const inserted = findInserted(rows, count, edge)
  if (inserted !== undefined) {
    const detail = 'An event was inserted, and those behind it moved.'
    return [eventFinding('inserted', start + inserted, size - 1, detail)]
  }
  // The trail ends too early, and not even what is left is right: one was taken out, and the others moved up.
  const wrong = findings.find(
    ({ reason, place }) => reason === 'altered' && place.kind === 'event' && place.through,
  )
  if (lastSeq >= nextSeq - 1 || wrong?.place.kind !== 'event') return findings
  return [
    eventFinding('missing', wrong.place.seq, size - 1, 'One or more were taken out, and others moved up.'),
  ]
}
