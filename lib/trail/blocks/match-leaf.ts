import { and, type Bitmap, or, setBit } from './bitmap'
import { type BlockRow, eventsOf } from './block-row'
import { decodeTimes } from './columns'
import type { Condition } from './condition'
import type { Position } from './directory'
import { type FoundTerms, termKey } from './find-terms'
import { SLICE_BYTES, TERM_BITS } from './layout'
import { pairTermsOf } from './pair-groups'
import type { PieceReader } from './piece-reader'
import { addGroupBytes, addPostings } from './postings'
import { triplesOf, tripleTerm } from './signature'
import { type HashTerm, sliceOf, type TermHash } from './term-hash'
import { allOf, noneOf, type Truth, unknownOf } from './truth'
import { wordsWith } from './word-list'

/** What is known of a row before its pieces are read. */
export type Known = {
  row: BlockRow
  reader: PieceReader
  hashTerm: HashTerm
  found: FoundTerms
  words: Buffer | undefined
  /** The events that pass by what the mentions say of them. */
  mentioned: Bitmap | undefined
}
/** Gives the answer once the reader has read. Each may be called once: the caller changes what it gets. */
export type Evaluate = () => Truth

/** Triples of a long part beyond these narrow nothing down any more. */
const MAX_TRIPLES = 8
/** Postings so near to each other are read as one piece: bytes between them cost less than a piece of their own. */
const NEAR_BYTES = 1024

/** Asks the reader for what a condition needs of a row, and says how to answer it from that. */
export function prepareLeaf(leaf: Condition, known: Known): Evaluate {
  const events = eventsOf(known.row)
  if (leaf.kind === 'term') return prepareTerm(known.hashTerm(leaf.name, leaf.value), leaf.exact, known)
  if (leaf.kind === 'part') return preparePart(leaf.part, leaf.exact, known)
  if (leaf.kind === 'mention') return prepareMention(known)
  if (leaf.kind === 'time') return prepareTime(leaf.from, leaf.to, known)
  return () => unknownOf(events)
}

const inexact = ({ possible }: Truth): Truth => ({ certain: new Uint32Array(possible.length), possible })

function wantPostings({ row, reader }: Known, { offset, length }: Position): () => Buffer {
  return reader.want('postings', row, offset, length)
}

function wantSlice({ row, reader }: Known, term: TermHash, i: number): () => Buffer {
  const bytes = SLICE_BYTES * row.blocks
  return reader.want('signature', row, sliceOf(term, i, row.slices) * bytes, bytes)
}

/** Groups that have all slices set, as bytes. */
function intersect(slices: (() => Buffer)[]): Uint8Array {
  const [first, ...others] = slices.map((slice) => slice())
  const groups = Uint8Array.from(first ?? [])
  for (const other of others)
    for (let i = 0; i < groups.length; i++) groups[i] = (groups[i] as number) & (other[i] as number)
  return groups
}

/** In blocks with postings exactly those; in the others the term is rare or absent, which the signature says. */
function prepareTerm(term: TermHash, exact: boolean, known: Known): Evaluate {
  const { row, found } = known
  const position = found.get(termKey(term))
  const postings = position && wantPostings(known, position)
  const isEverywhere = row.blocks === 1 && position !== undefined
  const slices = isEverywhere ? [] : Array.from({ length: TERM_BITS }, (_, i) => wantSlice(known, term, i))
  return () => {
    const truth = noneOf(eventsOf(row))
    const mask = postings ? addPostings(postings(), truth.certain, truth.possible) : 0
    const groups = intersect(slices)
    for (let block = 0; block < row.blocks; block++)
      if ((mask >> block) & 1) groups.fill(0, block * SLICE_BYTES, (block + 1) * SLICE_BYTES)
    addGroupBytes(groups, 0, truth.possible)
    return exact ? truth : inexact(truth)
  }
}

/** Frequent words with the part in them by their postings, rare ones by their triples and pairs. */
function preparePart(part: string, exact: boolean, known: Known): Evaluate {
  const { row, found } = known
  const frequent = wantAllPostings(known, known.words ? wordsWith(known.words, part) : [])
  const pairs = pairTermsOf(part)
  const positions = pairs.terms.map((term) => found.get(termKey(term)))
  const cannotBeRare = pairs.need === 'all' && positions.includes(undefined)
  const pairPostings = cannotBeRare
    ? []
    : positions.flatMap((position) => (position ? [wantPostings(known, position)] : []))
  const slices = cannotBeRare
    ? []
    : triplesOf(part)
        .slice(0, MAX_TRIPLES)
        .map((triple) => wantSlice(known, tripleTerm(triple), 0))
  return () => {
    const truth = noneOf(eventsOf(row))
    for (const postings of frequent()) addPostings(postings, truth.certain, truth.possible)
    if (!cannotBeRare) or(truth.possible, rareGroups(row, pairs.need, pairPostings, slices))
    return exact ? truth : inexact(truth)
  }
}

function rareGroups(
  row: BlockRow,
  need: 'all' | 'any',
  pairs: (() => Buffer)[],
  slices: (() => Buffer)[],
): Bitmap {
  const unused = new Uint32Array(eventsOf(row) >> 5)
  const combined = need === 'all' ? allOf(eventsOf(row)).possible : noneOf(eventsOf(row)).possible
  for (const postings of pairs) {
    const groups = new Uint32Array(combined.length)
    addPostings(postings(), unused, groups)
    if (need === 'all') and(combined, groups)
    else or(combined, groups)
  }
  if (slices.length > 0) {
    const groups = new Uint32Array(combined.length)
    addGroupBytes(intersect(slices), 0, groups)
    and(combined, groups)
  }
  return combined
}

/** Pieces that hold all of these postings, which stand in ascending order. */
function wantAllPostings(known: Known, positions: readonly Position[]): () => Buffer[] {
  const pieces: { offset: number; end: number; read: () => Buffer; holds: Position[] }[] = []
  for (const position of positions) {
    const end = position.offset + position.length
    const last = pieces.at(-1)
    if (last && position.offset - last.end < NEAR_BYTES) {
      last.end = end
      last.holds.push(position)
    } else {
      pieces.push({ offset: position.offset, end, read: () => Buffer.alloc(0), holds: [position] })
    }
  }
  for (const piece of pieces)
    piece.read = wantPostings(known, { offset: piece.offset, length: piece.end - piece.offset })
  return () =>
    pieces.flatMap(({ offset, read, holds }) => {
      const bytes = read()
      return holds.map((each) => bytes.subarray(each.offset - offset, each.offset - offset + each.length))
    })
}

function prepareMention({ row, mentioned }: Known): Evaluate {
  return () =>
    mentioned ? { certain: mentioned.slice(), possible: mentioned.slice() } : unknownOf(eventsOf(row))
}

function prepareTime(from: number, to: number, { row, reader }: Known): Evaluate {
  const events = eventsOf(row)
  if (row.minAt >= from && row.maxAt < to) return () => allOf(events)
  if (row.minAt >= to || row.maxAt < from) return () => noneOf(events)
  const times = reader.wantWhole('times', row)
  return () => {
    const { certain } = noneOf(events)
    for (const [place, time] of decodeTimes(times(), row.blocks).entries())
      if (time >= from && time < to) setBit(certain, place)
    return { certain, possible: certain.slice() }
  }
}
