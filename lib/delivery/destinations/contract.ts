import type { z } from 'zod'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import type { Outcome } from '@/lib/delivery/outcome'
import type { Pace } from '@/lib/delivery/pace'
import type { Rule } from '@/lib/delivery/rules/rule'
import type { SendRequest } from '@/lib/http/guarded-request'
import type { Connect } from '@/lib/http/guarded-socket'
import type { SendTenantMail } from '@/lib/mail/send-tenant-mail'
import type { RingBells } from '@/lib/notifications/ring-bells'
import type { OwnWay } from '@/lib/warnings/own-way'
import type { FieldDeclaration, GeneratedValue } from './fields'

/** Plain JSON, as it is stored. */
export type Settings = Record<string, unknown>
/** By the name of the field that a person filled in. */
export type Secrets = Readonly<Record<string, string>>

/** Turns events into bytes. Pure: the same events in the same format are the same bytes, on any day. */
export type Encoder = {
  encode(event: ForwardedEvent): string
  /** The same for a batch's last event, where its receiver keeps nothing but events: with the checkpoint in it. */
  encodeLast?(event: ForwardedEvent, checkpoint: string): string
  join(items: readonly string[]): string
  /** Bytes that `join` adds to each item, at most. */
  overheadBytes: number
}

/**
 * The outside world as a destination may use it; guarded, and replaced in tests. `ring` reaches a tenant's people, `mail`
 * is the instance's own mail server.
 */
export type Tools = { request: SendRequest; connect: Connect; ring: RingBells; mail: SendTenantMail }

/** What comes with every call to a receiver. */
export type Call = {
  secrets: Secrets
  /** Whose connections may be used. */
  owner: string
  timeoutMs: number
  signal?: AbortSignal
}

export type Delivery = Call & {
  /** Whose it is; a companion's pages are those of the destination that it goes along with. */
  stream: { tenantId: string; destinationId: string; companionOf?: string }
  body: Uint8Array
  events: number
  firstSeq: number
  lastSeq: number
  /** RFC 3339 UTC, of the first event: when the trail received it. */
  firstReceivedAt: string
  /** Of each event in the body, in order: those that go one by one carry it. Empty where people are told. */
  eventIds: readonly string[]
  /** The frozen format that made the body. */
  format: Settings
  /** The signed note that covers the events; a test event has none. */
  checkpoint?: string
  /** Stable over all tries of a batch. */
  idempotencyKey: string
  /** Hex, of the body before any compression. */
  sha256: string
  /** Where the batch becomes an object: its name, and the one before it. */
  objectKey?: string
  previous?: { objectKey: string; sha256: string }
  /** Features that this receiver turned out not to have, by the kind's own names. */
  capabilities: Settings
  /** Whether an earlier try of the same batch got no clear answer, and may have arrived. */
  mayHaveArrived: boolean
}

/** What a batch's object is named after: nothing that changes with a retry. */
export type FrozenRange = Pick<Delivery, 'firstSeq' | 'lastSeq' | 'firstReceivedAt' | 'format'> & {
  destinationId: string
  /** Set where a person has events sent again. */
  replayId?: string
  /** Set where something else may be stored under the name that it would have: 1 for the first other one. */
  edition?: number
}

/**
 * When a stream's events leave. Without a schedule they leave at once. `flushEvents` are not waited for the next time.
 * `atMinutes` is by the calendar: minutes after midnight, or after Monday's, in the workspace's time zone.
 */
export type Schedule = { everySeconds: number; flushEvents: number | null; atMinutes?: number }

/** A message as its readers see it; `html` where they see more than text. Everything hostile is taken out of it. */
export type ShownMessage = { subject: string; text: string; html?: string }

/** A destination whose stored configuration was read and found valid. */
export type OpenDestination = {
  /** Names it for people, without secrets: `Splunk at example.splunkcloud.com`. */
  describe(): string
  /** Whom it leads to, without secrets: a host with its port, a bucket. */
  target(): string
  /** The declared fields as they are set, without secrets, for those who may manage destinations. */
  values(): Settings
  /** The same for whoever may read, and for the trail: a URL's path may hold a key, so it is shortened and hashed. */
  publicValues(): Settings
  maxEvents: number
  maxBytes: number
  schedule?: Schedule
  /** Of a channel that tells at once: how often people are told at most. What comes meanwhile is in the next message. */
  pace?: Pace
  /** Of a channel that tells only what a threshold lets through. */
  rule?: Rule
  /** What of the configuration the bytes depend on: frozen with each batch. */
  format(tenantSlug: string): Settings
  /** The name of the object that a batch becomes, where it becomes one: a pure function of what is frozen. */
  objectKey?(range: FrozenRange): string
  send(delivery: Delivery, tools: Tools): Promise<Outcome>
  /** What people will read, where what is sent is no text to be looked at, such as a letter. Pure. */
  preview?(delivery: Delivery): ShownMessage
  /**
   * Which of Spoor's own ways to people fails with it, by the status of its last failure: warnings about it take the
   * others.
   */
  failingWay?(lastStatus: number | null): OwnWay | undefined
  /** Asks which of the batches that await their acknowledgement have it. The others stay as they are. */
  pollAcks?(ackIds: readonly string[], call: Call, tools: Tools): Promise<AckAnswer>
  /** What TEST asks before it sends an event: whether the receiver is well. */
  checkHealth?(call: Call, tools: Tools): Promise<Outcome>
}

/** `unsupported`: the receiver acknowledges nothing, so what it took counts as delivered. */
export type AckAnswer =
  | { verdict: 'answered'; acked: readonly string[] }
  | { verdict: 'unsupported'; message: string }
  | { verdict: 'failed'; message: string }

/** The destination as it was before an edit. */
export type Before = { config: Settings; secretNames: readonly string[] }

/** A new secret, null to forget the stored one, or the stored one of another name: the old one of a rotation. */
export type SecretChange = string | null | { from: string }

/** Secrets left out stay. */
export type Configured = { config: Settings; secrets: Readonly<Record<string, SecretChange>> }

/**
 * A destination that is saved, removed and restored with another one. It gets what that one gets, of the log `types`;
 * `fields` are what its own `kind` takes as input.
 */
export type Companion = { kind: string; fields: Settings; types: readonly string[] }

/** One kind of receiver. Everything that differs between kinds stands behind this. */
export type DestinationKind = {
  /** `forwarding` sends events on to a system; a `channel` tells people, and is no choice among the destinations. */
  role: 'forwarding' | 'channel'
  /** For people: `Splunk HEC`. */
  label: string
  /** One sentence: what it is for. */
  summary: string
  /** What is promised about repeats and losses, in words for people. */
  promise: string
  fields: readonly FieldDeclaration[]
  /** What Spoor makes and people read off, such as a public key: members of `values`. */
  generated?: readonly GeneratedValue[]
  /** What a person sends, by the names of the fields; strict. */
  input: z.ZodObject
  /** What to store for an input that `input` parsed. Throws `invalid` where its fields don't fit together. */
  configure(input: Settings, before?: Before): Configured
  /** The one that goes along with a stored configuration, if any: e-mails about what a storage gets. */
  companion?(config: Settings): Companion | undefined
  /** Raised whenever the same format would give other bytes than before. */
  formatVersion: number
  /** Whether a frozen batch may go on in smaller ones. Not where it would overlap with an object that is stored. */
  maySplit: boolean
  /** Its messages go into the bells of the console, where it is on record who was shown them. */
  hasReceipts?: true
  /** Channels have none: whatever waits becomes one digest (`digest/digest.ts`), which they put into words. */
  encoder?(format: Settings): Encoder
  /** Reads a stored configuration; throws if it is not one of this kind. */
  open(config: unknown): OpenDestination
}
