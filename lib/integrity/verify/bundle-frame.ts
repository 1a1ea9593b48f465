import { type OpenFile, readFrameLines } from './bundle-lines'
import { decodeHashes, expectIndex } from './encoding'
import type { Hash } from './primitives'
import { refuse } from './refusal'

const FORMAT = 'trail-evidence/v1'
/** Lines beside the events, which are kept in memory. */
const MAX_FRAME_LINES = 1000

export type ClaimedRange = { from: number; to: number; left: Hash[]; right: Hash[] }
export type Header = { origin: string; checkpoint: string; range?: ClaimedRange }
export type ConsistencyLine = { number: number; oldCheckpoint: string; proof: Hash[] }
export type AnchorLine = { number: number; kind: string; fields: Record<string, unknown> }

/** All of a bundle but its events. */
export type Frame = { header: Header; consistency: ConsistencyLine[]; anchors: AnchorLine[] }

function expectText(value: unknown, what: string): string {
  return typeof value === 'string' ? value : refuse('malformed', `${what} is not a text.`)
}

function readRange(value: unknown): ClaimedRange {
  if (typeof value !== 'object' || value === null)
    return refuse('malformed', "The header's range is no object.")
  const range = value as Record<string, unknown>
  return {
    from: expectIndex(range.from, "The range's from"),
    to: expectIndex(range.to, "The range's to"),
    left: decodeHashes(range.left, "The range's left edge"),
    right: decodeHashes(range.right, "The range's right edge"),
  }
}

function readHeader(fields: Record<string, unknown>): Header {
  const { type, format, origin, checkpoint, range, proves } = fields
  if (type !== 'header' || format !== FORMAT)
    return refuse('malformed', `The first line is not the header of an evidence bundle (${FORMAT}).`)
  if ((proves === 'presence') === (range !== undefined) && proves !== undefined)
    return refuse('malformed', 'The header claims both a complete range and mere presence.')
  return {
    origin: expectText(origin, "The header's origin"),
    checkpoint: expectText(checkpoint, "The header's checkpoint"),
    ...(range !== undefined && { range: readRange(range) }),
  }
}

/** Reads header, consistency proofs and anchors, wherever in the file they stand. */
export async function readFrame(open: OpenFile): Promise<Frame> {
  let header: Header | undefined
  const consistency: ConsistencyLine[] = []
  const anchors: AnchorLine[] = []
  for await (const { number, fields } of readFrameLines(open)) {
    const { type } = fields
    if (number === 1) header = readHeader(fields)
    else if (type === 'consistency') {
      const oldCheckpoint = expectText(fields.oldCheckpoint, `The old checkpoint of line ${number}`)
      consistency.push({ number, oldCheckpoint, proof: decodeHashes(fields.proof, `line ${number}`) })
    } else if (type === 'anchor')
      anchors.push({ number, kind: expectText(fields.kind, `The kind of line ${number}`), fields })
    else if (type !== 'event')
      refuse(
        'malformed',
        `Line ${number} is of a type that this verifier does not know: ${JSON.stringify(type)}.`,
      )
    if (consistency.length + anchors.length > MAX_FRAME_LINES)
      refuse('malformed', `The bundle has more than ${MAX_FRAME_LINES} proofs and anchors beside its events.`)
  }
  return header ? { header, consistency, anchors } : refuse('malformed', 'The file has no header.')
}
