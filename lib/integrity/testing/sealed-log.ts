import { deriveClockKey, deriveLogKey } from '@/lib/integrity/checkpoint/derive-keys'
import { signCheckpoint } from '@/lib/integrity/checkpoint/sign-checkpoint'
import { type Bundle, type BundleEvent, writeBundle } from '@/lib/integrity/evidence/bundle'
import { eraseSlots } from '@/lib/integrity/evidence/erase-slots'
import { type ProvenEvent, writeEventProof } from '@/lib/integrity/evidence/event-proof'
import { leafHash } from '@/lib/integrity/leaf'
import { hashRanges } from '@/lib/integrity/tree/hash-ranges'
import { consistencyRanges, edgeRanges, inclusionRanges } from '@/lib/integrity/tree/proof-ranges'
import { NaiveTree } from '@/lib/integrity/tree/testing/naive-tree'

export const HOST = 'audit.example.org'
export const ORIGIN = `${HOST}/log/0190f7a0-1234-7abc-8def-0123456789ab`
export const MASTER_SECRET = Buffer.from(Array.from({ length: 32 }, (_, i) => i))
export const LOG_KEY = deriveLogKey(MASTER_SECRET, ORIGIN, 0)
export const CLOCK_KEY = deriveClockKey(MASTER_SECRET, HOST, 0)
export const POLICY = `log ${LOG_KEY.vkey}\nwitness clock ${CLOCK_KEY.vkey}\nquorum clock\n`
/** When the first event came; one more each second. */
export const STARTED_MS = Date.parse('2026-11-20T22:38:00.000Z')

export type SampleEvent = Omit<ProvenEvent, 'secrets'> & { seed: Buffer; secrets: ProvenEvent['secrets'] }

/** Event `index` of a log in which one comes each second. */
export function sampleEvent(index: number, over: Record<string, unknown> = {}): SampleEvent {
  const receivedAt = new Date(STARTED_MS + index * 1000).toISOString()
  const seed = Buffer.alloc(32, index + 1)
  const body = JSON.stringify({
    type: 'account',
    action: 'signed in',
    level: 'info',
    occurredAt: receivedAt,
    actor: { login: `user${index % 7}`, ip: '203.0.113.9' },
    targets: [],
    data: { n: index, 'a/b~': null, nothing: {}, ü: '€😀' },
    ...over,
  })
  const id = `0190f7a0-0000-7000-8000-${index.toString(16).padStart(12, '0')}`
  return { index, id, receivedAt, body, seed, secrets: { seed } }
}

/** A log of these events in memory, with all that a sealer would publish. */
export class SealedLog {
  readonly tree: NaiveTree

  constructor(
    readonly events: SampleEvent[],
    readonly origin = ORIGIN,
    readonly keys = [LOG_KEY, CLOCK_KEY],
  ) {
    // What is erased later does not change the leaf, so it is always made with the seed.
    const leaves = events.map(({ body, seed, id, receivedAt }) =>
      leafHash(JSON.parse(body), seed, id, receivedAt),
    )
    this.tree = new NaiveTree(leaves.map((leaf) => Buffer.from(leaf, 'hex')))
  }

  get size(): number {
    return this.events.length
  }

  checkpoint(size = this.size, timeSeconds = Math.floor(STARTED_MS / 1000) + size): string {
    return signCheckpoint(
      { origin: this.origin, size, root: this.tree.root(0, size) },
      this.keys,
      timeSeconds,
    )
  }

  inclusion(index: number, size = this.size): Buffer[] {
    return hashRanges(inclusionRanges(index, size), this.tree.tiles(size))
  }

  consistency(from: number, to = this.size): Buffer[] {
    return hashRanges(consistencyRanges(from, to), this.tree.tiles(to))
  }

  proof(index: number): string {
    return writeEventProof(this.event(index), this.inclusion(index), this.checkpoint())
  }

  /** Erases values after the event was sealed. */
  erase(index: number, pointers: string[]): void {
    const { body, secrets, ...rest } = this.event(index)
    const { event, redaction } = eraseSlots(JSON.parse(body), secrets, pointers)
    this.events[index] = { ...rest, body: JSON.stringify(event), secrets: redaction }
  }

  /** The lines of a bundle of a complete range and single events, without newlines. */
  async rangeBundle(
    from: number,
    to: number,
    singles: number[] = [],
    since: number[] = [],
  ): Promise<string[]> {
    const tiles = this.tree.tiles(this.size)
    const { left, right } = edgeRanges(from, to, this.size)
    const range = { from, to, left: hashRanges(left, tiles), right: hashRanges(right, tiles) }
    const consistency = since.map((size) => ({
      oldCheckpoint: this.checkpoint(size),
      proof: this.consistency(size),
    }))
    return this.write(
      { header: { origin: this.origin, checkpoint: this.checkpoint(), range }, consistency },
      [...this.events.slice(from, to), ...this.singles(singles)],
    )
  }

  async presenceBundle(indexes: number[]): Promise<string[]> {
    return this.write(
      { header: { origin: this.origin, checkpoint: this.checkpoint() } },
      this.singles(indexes),
    )
  }

  async write(bundle: Omit<Bundle, 'events'>, events: BundleEvent[]): Promise<string[]> {
    async function* chunks() {
      yield events
    }
    const lines: string[] = []
    for await (const text of writeBundle({ ...bundle, events: chunks() }))
      lines.push(...text.split('\n').slice(0, -1))
    return lines
  }

  private singles(indexes: number[]): BundleEvent[] {
    return indexes.map((index) => ({ ...this.event(index), proof: this.inclusion(index) }))
  }

  private event(index: number): SampleEvent {
    const event = this.events[index]
    if (!event) throw new Error(`The sample log has no event ${index}.`)
    return event
  }
}

export const sampleLog = (count: number) =>
  new SealedLog(Array.from({ length: count }, (_, i) => sampleEvent(i)))
