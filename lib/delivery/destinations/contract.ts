import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import type { Outcome } from '@/lib/delivery/outcome'
import type { SendRequest } from '@/lib/http/guarded-request'

/** Plain JSON, as it is stored. */
export type Settings = Record<string, unknown>

/** Turns events into bytes. Pure: the same events in the same format are the same bytes, on any day. */
export type Encoder = {
  encode(event: ForwardedEvent): string
  /** The same for a batch's last event, where its receiver keeps nothing but events: with the checkpoint in it. */
  encodeLast?(event: ForwardedEvent, checkpoint: string): string
  join(items: readonly string[]): string
  /** Bytes that `join` adds to each item, at most. */
  overheadBytes: number
}

export type Delivery = {
  body: Uint8Array
  events: number
  /** The frozen format that made the body. */
  format: Settings
  /** The signed note that covers the events; a test event has none. */
  checkpoint?: string
  /** Stable over all tries of a batch. */
  idempotencyKey: string
  secret: string | undefined
  /** Whose connections may be used. */
  owner: string
  timeoutMs: number
  signal?: AbortSignal
}

/** A destination whose stored configuration was read and found valid. */
export type OpenDestination = {
  /** Names it for people, without secrets. */
  describe(): string
  /** What of the configuration the bytes depend on: frozen with each batch. */
  format(tenantSlug: string): Settings
  send(delivery: Delivery, request: SendRequest): Promise<Outcome>
}

/** One kind of receiver. Everything that differs between kinds stands behind this. */
export type DestinationKind = {
  /** Raised whenever the same format would give other bytes than before. */
  formatVersion: number
  maxEvents: number
  maxBytes: number
  encoder(format: Settings): Encoder
  /** Reads a stored configuration; throws if it is not one of this kind. */
  open(config: unknown): OpenDestination
}
