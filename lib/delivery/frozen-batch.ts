import { createHash } from 'node:crypto'
import type { DestinationKind, Settings } from './destinations/contract'
import { type Digest, digestOf, writeDigest } from './digest/digest'
import type { ForwardedEvent } from './forwarded-event'
import type { MaskingRule } from './masking/masking-rule'

/** A range that was frozen before its first send, with the bytes that every try sends. */
export type FrozenBatch = EncodedEvents & {
  idempotencyKey: string
  firstSeq: number
  /** Inclusive; the range also covers what the filter left out. */
  lastSeq: number
  filterVersion: number
  formatVersion: number
  format: Settings
  masking: readonly MaskingRule[]
  /** The generation of matches that the events carry; null: they carry none. */
  matchGeneration: number | null
  /** A signed note of the trail, in which all the events are sealed. */
  checkpoint: string
  /** Where the batch becomes an object: its name, and the one before it. */
  objectKey: string | null
  previousKey: string | null
  previousSha256: Uint8Array | null
  replayId: string | null
  /** A try of it had no clear answer. */
  mayHaveArrived: boolean
}

export type EncodedEvents = {
  body: Buffer
  sha256: Buffer
  /** In the body, or counted by it. */
  events: number
  /** Of the events in the body, in order; empty for a digest, of which no part can be refused. */
  seqs: number[]
  eventIds: string[]
  /** RFC 3339 UTC, of the first of them. */
  firstReceivedAt: string
}

const sha256 = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** A digest as a batch's bytes. Pure. */
export function encodeDigest(digest: Digest): EncodedEvents {
  const body = writeDigest(digest)
  const { events, from } = digest
  return { body, sha256: sha256(body), events, seqs: [], eventIds: [], firstReceivedAt: from }
}

/** Encodes as many of the events as fit into `maxBytes`, but at least one; for people a digest of all. Pure. */
export function encodeEvents(
  kind: DestinationKind,
  format: Settings,
  events: readonly ForwardedEvent[],
  maxBytes: number,
  checkpoint?: string,
): EncodedEvents {
  const encoder = kind.encoder?.(format)
  if (!encoder) return encodeDigest(digestOf(events))
  const items: string[] = []
  // Whichever event will be the last one, there must be room for the checkpoint in it.
  let bytes = checkpoint && encoder.encodeLast ? Buffer.byteLength(JSON.stringify({ checkpoint })) : 0
  for (const event of events) {
    const item = encoder.encode(event)
    bytes += Buffer.byteLength(item) + encoder.overheadBytes
    if (items.length > 0 && bytes > maxBytes) break
    items.push(item)
  }
  const last = events[items.length - 1]
  if (checkpoint && encoder.encodeLast && last) items.splice(-1, 1, encoder.encodeLast(last, checkpoint))
  const body = Buffer.from(encoder.join(items))
  const taken = events.slice(0, items.length)
  return {
    body,
    sha256: sha256(body),
    events: taken.length,
    seqs: taken.map(({ seq }) => seq),
    eventIds: taken.map(({ id }) => id),
    firstReceivedAt: taken[0]?.receivedAt ?? new Date(0).toISOString(),
  }
}

/**
 * The key that every try of a batch carries. A pure function of what is frozen, so that even a batch whose row
 * was lost in a fail-over of the database gets the same key again, unless its body has a newer checkpoint. A replay's
 * batches have keys of their own, or a receiver would drop them as repeats; and so has each place of an object.
 */
export function batchKey(
  destinationId: string,
  { seqs, sha256: bodySha256 }: Pick<EncodedEvents, 'seqs' | 'sha256'>,
  { firstSeq, replayId, object }: { firstSeq: number; replayId?: string; object?: string },
): string {
  const range = `${destinationId}\n${firstSeq}\n${seqs.at(-1) ?? ''}\n${replayId ? `${replayId}\n` : ''}`
  return sha256(range, object ? `${object}\n` : '', bodySha256)
    .toString('hex')
    .slice(0, 32)
}
