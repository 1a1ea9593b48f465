import type { Delivery, DestinationKind, OpenDestination } from '@/lib/delivery/destinations/contract'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { encodeEvents } from '@/lib/delivery/frozen-batch'

const TENANT_ID = '019a9d0c-0000-4000-8000-00000000000a'
const DESTINATION_ID = '019a9d0c-0000-4000-8000-00000000000b'

let owners = 0

/** What the engine hands to a destination for these events, with connections of its own. */
export function deliveryOf(
  kind: DestinationKind,
  destination: OpenDestination,
  events: readonly ForwardedEvent[],
  changes: Partial<Delivery> = {},
): Delivery {
  const format = destination.format('acme')
  const {
    body,
    sha256,
    eventIds,
    firstReceivedAt,
    events: count,
  } = encodeEvents(kind, format, events, destination.maxBytes, changes.checkpoint)
  return {
    body,
    format,
    events: count,
    stream: { tenantId: TENANT_ID, destinationId: DESTINATION_ID },
    eventIds,
    firstReceivedAt,
    firstSeq: events[0]?.seq ?? 0,
    lastSeq: events.at(-1)?.seq ?? 0,
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
