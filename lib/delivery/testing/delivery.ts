import type { Delivery, DestinationKind, OpenDestination } from '@/lib/delivery/destinations/contract'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { encodeEvents } from '@/lib/delivery/frozen-batch'

let owners = 0

/** What the engine hands to a destination for these events, with connections of its own. */
export function deliveryOf(
  kind: DestinationKind,
  destination: OpenDestination,
  events: readonly ForwardedEvent[],
  changes: Partial<Delivery> = {},
): Delivery {
  const format = destination.format('acme')
  const { body, sha256, seqs, eventIds, firstReceivedAt } = encodeEvents(
    kind,
    format,
    events,
    destination.maxBytes,
    changes.checkpoint,
  )
  return {
    body,
    format,
    events: seqs.length,
    eventIds,
    firstReceivedAt,
    firstSeq: seqs[0] ?? 0,
    lastSeq: seqs.at(-1) ?? 0,
    sha256: sha256.toString('hex'),
    idempotencyKey: 'key-1',
    capabilities: {},
    mayHaveArrived: false,
    secrets: {},
    owner: `${++owners}`,
    timeoutMs: 2_000,
    ...changes,
  }
}
