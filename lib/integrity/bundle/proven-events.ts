import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import type { BundleEvent } from '@/lib/integrity/evidence/bundle'
import { storedSecrets } from '@/lib/integrity/evidence/stored-secrets'
import { readTiles } from '@/lib/integrity/log/read-tiles'
import { InclusionProofs } from './inclusion-proofs'
import { type EventChunkRow, readEventChunks } from './read-event-chunks'
import type { Frame } from './read-frame'
import { checkNoticesSealed, NOTICE_ACTION, readNotices } from './read-notices'
import { SeqSet } from './seq-set'

/** Notices that are proven together. */
const NOTICE_GROUP = 100

/** What was looked at since the reader of this looked last. */
export type Progress = { events: number; seen: number }

/** The event with its secrets; undefined where retention took its content. */
function toEvent({ seq, id, receivedAt, body, seed, redaction }: EventChunkRow): BundleEvent | undefined {
  const secrets = storedSecrets({ seed, redaction })
  return secrets && { index: seq, id, receivedAt: receivedAt.toISOString(), body, secrets }
}

/** Where the database has less than what was sealed: of that no bundle can be made that a verifier accepts. */
const missing = (seq: number) =>
  new AppError(
    'conflict',
    `Event ${seq} was sealed, and is not in the database. The range can't be complete; the page Integrity tells what else was found.`,
  )

/** Takes the events of a bundle together, and remembers what has to be explained by others. */
class Collector {
  /** Events with erased values. */
  readonly erased: SeqSet
  /** Notices that are in the bundle already. */
  private readonly notices = new Set<number>()
  private readonly proofs: InclusionProofs
  /** The event that a complete range has next. */
  private next: number

  constructor(
    private readonly scope: TenantScope,
    private readonly frame: Frame,
  ) {
    const { log, looked } = frame
    this.next = looked.from
    this.erased = new SeqSet({ from: looked.from, to: log.size })
    this.proofs = new InclusionProofs(
      (tiles) => inTenant(scope, (tx) => readTiles(tx, scope.tenantId, tiles)),
      log.size,
    )
  }

  async take(rows: readonly EventChunkRow[]): Promise<BundleEvent[]> {
    const events: BundleEvent[] = []
    for (const row of rows) {
      if (this.frame.edges && row.seq !== this.next++) throw missing(this.next - 1)
      const event = toEvent(row)
      if (!event && this.frame.edges)
        throw new AppError(
          'conflict',
          `The content of event ${row.seq} has been removed meanwhile. Ask again.`,
        )
      if (!event) continue
      this.note(row)
      events.push(event)
    }
    return this.frame.edges ? events : this.prove(events)
  }

  /** Throws `conflict` unless a complete range has come to its end. */
  checkEnd(): void {
    if (this.frame.edges && this.next < this.frame.looked.to) throw missing(this.next)
  }

  /** The notices that explain what was erased of the events so far, with those that explain them in turn. */
  async *explain(): AsyncGenerator<BundleEvent[]> {
    const { first } = this.erased
    if (first === undefined) return
    let events: BundleEvent[] = []
    // In order: what explains comes later in the trail than what it explains.
    for await (const { row, targets } of readNotices(this.scope, {
      from: first + 1,
      to: this.frame.log.size,
    })) {
      if (this.notices.has(row.seq) || !targets.some((seq) => this.erased.has(seq))) continue
      const event = toEvent(row)
      if (!event) continue
      this.note(row)
      events.push(event)
      if (events.length < NOTICE_GROUP) continue
      yield await this.prove(events)
      events = []
    }
    if (events.length > 0) yield await this.prove(events)
    await checkNoticesSealed(this.scope, this.frame.log, (seq) => this.erased.has(seq))
  }

  private note({ seq, seed, action }: EventChunkRow): void {
    if (!seed) this.erased.add(seq)
    if (action === NOTICE_ACTION) this.notices.add(seq)
  }

  private async prove(events: readonly BundleEvent[]): Promise<BundleEvent[]> {
    const proofs = await this.proofs.prove(events.map(({ index }) => index))
    return events.map((event, i) => ({ ...event, proof: proofs[i] as Buffer[] }))
  }
}

/**
 * The events of a bundle, chunk by chunk: those of the range in order, or single ones with their proofs; then the
 * notices of what was erased from them, without which a verifier says no. Adds to `progress` before each chunk.
 */
export async function* provenEvents(
  scope: TenantScope,
  frame: Frame,
  progress: Progress,
): AsyncGenerator<BundleEvent[]> {
  const collector = new Collector(scope, frame)
  for await (const { rows, looked } of readEventChunks(scope, frame.among, frame.looked)) {
    const events = await collector.take(rows)
    progress.seen += looked.to - looked.from
    progress.events += events.length
    yield events
  }
  collector.checkEnd()
  for await (const events of collector.explain()) {
    progress.events += events.length
    yield events
  }
}
