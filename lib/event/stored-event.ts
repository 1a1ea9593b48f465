import type { EventInput } from './event-input'

/** An event as it leaves us: what was accepted, plus what the trail added. */
export type StoredEvent = EventInput & {
  level: NonNullable<EventInput['level']>
  occurredAt: string
  /** UUIDv7, or UUIDv8 derived from the event's identity at its origin. */
  id: string
  /** Position in the tenant's trail: 0, 1, 2 … without gaps. */
  seq: number
  /** RFC 3339, UTC, three decimals. */
  receivedAt: string
  /** Lower-case hex of the 32-byte Merkle leaf hash. */
  leafHash: string
  /** How it came: `token:<id>`, `silo:<name>`, `console`, `system`. */
  origin: string
  /** Values of it were erased. Members that every event has are filled up where they are among these. */
  erased?: true
}
