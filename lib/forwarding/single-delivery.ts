import type {
  Delivery,
  DestinationKind,
  OpenDestination,
  Settings,
} from '@/lib/delivery/destinations/contract'
import type { Digest } from '@/lib/delivery/digest/digest'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { encodeDigest, encodeEvents } from '@/lib/delivery/frozen-batch'

/** What the caller says of a delivery that no engine has planned. */
type Given = Pick<
  Delivery,
  | 'stream'
  | 'idempotencyKey'
  | 'secrets'
  | 'owner'
  | 'timeoutMs'
  | 'capabilities'
  | 'checkpoint'
  | 'objectKey'
>

/** One event on the path that all events take: encoded and handed over as a batch of its own; or a digest of it. */
export function singleDelivery(
  kind: DestinationKind,
  destination: OpenDestination,
  format: Settings,
  event: ForwardedEvent,
  { digest, ...given }: Given & { digest?: Digest },
): Delivery {
  const encoded = digest
    ? encodeDigest(digest)
    : encodeEvents(kind, format, [event], destination.maxBytes, given.checkpoint)
  return {
    body: encoded.body,
    eventIds: encoded.eventIds,
    sha256: encoded.sha256.toString('hex'),
    format,
    events: encoded.events,
    firstSeq: event.seq,
    lastSeq: event.seq,
    firstReceivedAt: event.receivedAt,
    mayHaveArrived: false,
    ...given,
  }
}
