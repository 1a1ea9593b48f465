import type { LeafRow } from './leaf-row'
import { eventFinding, type ScrubFinding } from './scrub-failure'
import type { ScrubReason } from './scrub-reason'

/** Sealed leaves from `first` on, as hex, and where in the log a leaf stands that is not among them. */
export type SealedLeaves = {
  first: number
  leaves: readonly string[]
  find(leaf: string): number | undefined
}

/** What was sealed where a row is: how far away its own leaf stands; undefined if its leaf was never sealed. */
function offsets(rows: readonly (LeafRow | undefined)[], { first, leaves, find }: SealedLeaves) {
  return rows.map((row, i) => {
    if (row?.derived === undefined) return undefined
    if (row.derived === leaves[i]) return 0
    const place = find(row.derived)
    return place === undefined ? undefined : place - (first + i)
  })
}

/** Longer shifts are taken for exchanges: nobody inserts or removes so many under one tile and renumbers the rest. */
const MAX_SHIFT = 64

/**
 * Where all rows up to the end stand so many places from where they were sealed: events were inserted before them
 * or taken out, and the others renumbered. A single row at the end is no shift.
 */
function findShift(found: readonly (number | undefined)[]): { start: number; by: number } | undefined {
  let end = found.length
  while (end > 0 && found[end - 1] === undefined) end--
  const by = found[end - 1] ?? 0
  const behind = found.length - end
  // What lay behind the last row of these tiles is not known where they end the tree.
  const isShift = by !== 0 && Math.abs(by) <= MAX_SHIFT && (behind === 0 || behind <= by)
  let start = end
  while (start > 0 && found[start - 1] === by) start--
  if (!isShift || end - start < 2) return undefined
  if (by > 0) return { start, by }
  const inserted = found.slice(start + by < 0 ? 0 : start + by, start)
  return inserted.every((one) => one === undefined) ? { start: Math.max(0, start + by), by } : undefined
}

function shiftFinding(seq: number, through: number, by: number): ScrubFinding {
  const count = Math.abs(by) === 1 ? 'an event was' : `${Math.abs(by)} events were`
  return by < 0
    ? eventFinding('inserted', seq, through, `From ${seq} on ${count} inserted, and those behind moved.`)
    : eventFinding('missing', seq, through, `From ${seq} on ${count} taken out, and those behind moved up.`)
}

function classifyRow(row: LeafRow, sealed: string, offset: number | undefined): [ScrubReason, string] {
  if (offset !== undefined)
    return ['swapped', `Its content is that of event ${row.seq + offset}, where it was sealed.`]
  if (row.atIdTime?.() === sealed)
    return ['back_dated', 'Its time of receipt was changed: it was sealed with the time in its id.']
  if (row.derived === undefined) return ['altered', 'No leaf can be derived from its row any more.']
  if (row.stored === sealed)
    return ['altered', 'It does not make the leaf that was sealed; its leaf hash was left as it was.']
  return ['altered', 'It does not make the leaf that was sealed, nor does its leaf hash agree with that.']
}

/** Says of each row under sealed leaves how it differs. `rows` are by place; `lastSeq` is that of the last row there is. */
export function classifyRows(
  rows: readonly (LeafRow | undefined)[],
  sealed: SealedLeaves,
  lastSeq: number,
): ScrubFinding[] {
  const found = offsets(rows, sealed)
  const shift = findShift(found)
  const findings: ScrubFinding[] = []
  const end = shift?.start ?? rows.length
  for (let i = 0; i < end; i++) {
    const seq = sealed.first + i
    const row = rows[i]
    if (!row) findings.push(goneFinding(seq, lastSeq))
    else if (found[i] !== 0) {
      const [reason, detail] = classifyRow(row, sealed.leaves[i] as string, found[i])
      findings.push(eventFinding(reason, seq, seq, detail))
    }
  }
  if (shift) findings.push(shiftFinding(sealed.first + shift.start, sealed.first + rows.length - 1, shift.by))
  return findings
}

/** An event that was sealed and is not there: cut off if nothing comes behind it. */
export const goneFinding = (seq: number, lastSeq: number): ScrubFinding =>
  seq > lastSeq
    ? eventFinding('truncated', seq, seq, `The trail ends before ${seq}; more was sealed.`)
    : eventFinding('missing', seq, seq, 'Its row is gone, and later ones are there.')

/** What is wrong with a row whose leaf is the sealed one. */
export function rowFindings(row: LeafRow, sealed: string): ScrubFinding[] {
  const findings: ScrubFinding[] = []
  if (row.stored !== sealed)
    findings.push(eventFinding('leaf_altered', row.seq, row.seq, 'Its content is what was sealed.'))
  if (row.columns?.length)
    findings.push(
      eventFinding('columns_altered', row.seq, row.seq, `Differing columns: ${row.columns.join(', ')}.`),
    )
  return findings
}
