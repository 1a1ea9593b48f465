import type { ProvenEvent } from './event-proof'
import { secretMembers } from './slot-secrets'

const BUNDLE_FORMAT = 'trail-evidence/v1'

type Hashes = readonly Uint8Array[]

export type BundleHeader = {
  origin: string
  /** The signed note that everything in the bundle leads to. */
  checkpoint: string
  /**
   * Leaves `from` to `to - 1`, all of them, with the roots of `edgeRanges`: this proves completeness. Without a
   * range each event carries its own proof, and only its presence is proven.
   */
  range?: { from: number; to: number; left: Hashes; right: Hashes }
}

/** That the tree of a checkpoint which the reader may remember begins this one. */
export type BundleConsistency = { oldCheckpoint: string; proof: Hashes }
/** A statement of others about a checkpoint; its further members depend on the kind. */
export type BundleAnchor = { kind: 'rfc3161' | 'ots' | 'anchor-log'; [member: string]: unknown }
/** `proof` is the inclusion proof of an event outside the range. */
export type BundleEvent = ProvenEvent & { proof?: Hashes }

export type Bundle = {
  header: BundleHeader
  consistency?: readonly BundleConsistency[]
  anchors?: readonly BundleAnchor[]
  /** In chunks. Of a range: all its events in order; then, or without a range, single events with their proofs. */
  events: AsyncIterable<readonly BundleEvent[]>
}

const toBase64 = (hashes: Hashes) => hashes.map((hash) => Buffer.from(hash).toString('base64'))
const line = (value: unknown) => `${JSON.stringify(value)}\n`

function headerLine({ origin, checkpoint, range }: BundleHeader): string {
  const edges = range && { ...range, left: toBase64(range.left), right: toBase64(range.right) }
  // A reader of a filtered export must not take it for all there is.
  const claim = edges ? { range: edges } : { proves: 'presence' }
  return line({ type: 'header', format: BUNDLE_FORMAT, origin, checkpoint, ...claim })
}

/** The event's own text stands in the line as it is stored, so nothing is read and written again. */
function eventLine({ index, id, receivedAt, body, secrets, proof }: BundleEvent): string {
  const rest = JSON.stringify({ ...secretMembers(secrets), ...(proof && { proof: toBase64(proof) }) })
  const start = JSON.stringify({ type: 'event', index, id, receivedAt })
  return `${start.slice(0, -1)},"event":${body},${rest.slice(1)}\n`
}

/**
 * The evidence bundle as text, one JSON text a line: first all that stands before the events, then a piece for each
 * chunk of them. Throws if the events of the range are not all there and in order: no bundle is better than one
 * that its reader will refuse.
 */
export async function* writeBundle({
  header,
  consistency = [],
  anchors = [],
  events,
}: Bundle): AsyncGenerator<string> {
  const continued = consistency.map(({ oldCheckpoint, proof }) =>
    line({ type: 'consistency', oldCheckpoint, proof: toBase64(proof) }),
  )
  const anchored = anchors.map((anchor) => line({ type: 'anchor', ...anchor }))
  yield [headerLine(header), ...continued, ...anchored].join('')
  let next = header.range?.from ?? 0
  const end = header.range?.to ?? 0
  for await (const chunk of events) {
    let text = ''
    for (const event of chunk) {
      if (!event.proof && (next >= end || event.index !== next))
        throw new Error(
          `Event ${event.index} came for the bundle in the place of event ${next}, without a proof.`,
        )
      if (!event.proof) next++
      text += eventLine(event)
    }
    yield text
  }
  if (next < end) throw new Error(`The bundle's events end before ${next}; its range ends before ${end}.`)
}
