import type { EventParts } from './event-fields'

const LATE_MS = 15 * 60_000
const FUTURE_MS = 5 * 60_000

/**
 * How the client's own claim of when something happened stands to when it was received. It proves nothing, so
 * it is counted and shown, never refused.
 */
export class Lateness {
  late = 0
  future = 0
  imported = 0

  note({ event: { occurredAt, ingest }, receivedAtMs }: EventParts): void {
    const behindMs = receivedAtMs - Date.parse(String(occurredAt))
    if (ingest === 'import') this.imported++
    else if (behindMs > LATE_MS) this.late++
    else if (behindMs < -FUTURE_MS) this.future++
  }
}
