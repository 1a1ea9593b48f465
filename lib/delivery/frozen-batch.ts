import { createHash } from 'node:crypto'
import type { DestinationKind, Settings } from './destinations/contract'
import type { ForwardedEvent } from './forwarded-event'

/** A range that was frozen before its first send, with the bytes that every try sends. */
export type FrozenBatch = {
  idempotencyKey: string
  firstSeq: number
  /** Inclusive; the range also covers what the filter left out. */
  lastSeq: number
  filterVersion: number
  formatVersion: number
  format: Settings
  /** A signed note of the trail, in which all the events are sealed. */
  checkpoint: string
  /** Of the events in the body, in order. */
  seqs: number[]
  body: Buffer
  sha256: Buffer
}

export type EncodedEvents = Pick<FrozenBatch, 'body' | 'sha256' | 'seqs'>

const sha256 = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** Encodes as many of the events as fit into a batch, but at least one. Pure. */
export function encodeEvents(
  kind: DestinationKind,
  format: Settings,
  events: readonly ForwardedEvent[],
  checkpoint?: string,
): EncodedEvents {
  const encoder = kind.encoder(format)
  const items: string[] = []
  // Whichever event will be the last one, there must be room for the checkpoint in it.
  let bytes = checkpoint && encoder.encodeLast ? Buffer.byteLength(JSON.stringify({ checkpoint })) : 0
  for (const event of events) {
    const item = encoder.encode(event)
    bytes += Buffer.byteLength(item) + encoder.overheadBytes
    if (items.length > 0 && bytes > kind.maxBytes) break
    items.push(item)
  }
  const last = events[items.length - 1]
  if (checkpoint && encoder.encodeLast && last) items.splice(-1, 1, encoder.encodeLast(last, checkpoint))
  const body = Buffer.from(encoder.join(items))
  return { body, sha256: sha256(body), seqs: events.slice(0, items.length).map(({ seq }) => seq) }
}

/**
 * The key that every try of a batch carries. A pure function of what is frozen, so that even a batch whose row
 * was lost in a fail-over of the database gets the same key again, unless its body has a newer checkpoint.
 */
export function batchKey(
  destinationId: string,
  firstSeq: number,
  lastSeq: number,
  bodySha256: Uint8Array,
): string {
  return sha256(`${destinationId}\n${firstSeq}\n${lastSeq}\n`, bodySha256).toString('hex').slice(0, 32)
}
