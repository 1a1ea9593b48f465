import { sql } from 'drizzle-orm'
import { database, type Transaction } from '@/db/client'
import { ANCHOR_TENANT_ID } from '@/lib/access/instance-tenant'
import { isDatabaseAway } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { TILE_WIDTH } from '@/lib/integrity/tree/tile'
import { checkCheckpoints } from './check-checkpoints'
import { checkEdge, edgeStart, signedSubtrees } from './check-edge'
import { checkHead, type HeadCheck, type SeenLog, toSeen } from './check-head'
import { checkTile, type StoredTile, type TileContext } from './check-tile'
import { checkUnexpectedTiles, checkUpperTiles } from './check-upper-tiles'
import type { ClaimedTrail } from './claim-trail'
import type { LeafRow, Notice } from './leaf-row'
import { readRows } from './read-rows'
import { ReceiptTimes } from './receipt-times'
import { eventFinding, headFinding, type ScrubFinding } from './scrub-failure'
import { readSignedLog, type SignedLog } from './signed-log'
import { tryRanges } from './tree-truth'

/** A visit ends at the first tile after this, so that other trails have their turn and no snapshot is held for long. */
const VISIT_MS = 250

/** What one visit found. `nextSeq` is where the next one goes on; `isEnd`: all that is sealed was compared. */
export type Visit = {
  log: SignedLog | undefined
  nextSeq: number
  events: number
  latestReceivedMs: number | null
  retainedSeq: number
  erasures: { seq: number; erased: number }[]
  notices: Notice[]
  findings: ScrubFinding[]
  isEnd: boolean
  /** It went wrong: to be tried again later at the same place. */
  isStuck?: true
  /** To be remembered; undefined where something of it is wrong. */
  seen: SeenLog | undefined
  ms: number
}

/** Rows and tile of one step, and what they say. */
class Steps {
  readonly findings: ScrubFinding[] = []
  readonly erasures: Visit['erasures'] = []
  readonly notices: Notice[] = []
  events = 0
  retainedSeq: number

  constructor(
    private readonly tx: Transaction,
    private readonly times: ReceiptTimes,
    private readonly context: TileContext,
    retainedSeq: number,
  ) {
    this.retainedSeq = retainedSeq
  }

  async tile(index: number): Promise<void> {
    const { tree, firstSeq } = this.context
    const first = index * TILE_WIDTH
    const end = first + TILE_WIDTH
    const [tile] = await this.tx.execute<StoredTile>(sql`
      select data, root from log_tiles where tenant_id = ${tree.tenantId} and level = 0 and idx = ${index}`)
    const rows = end > firstSeq ? await this.rows(Math.max(first, firstSeq), end) : []
    this.findings.push(...(await checkTile(this.tx, this.context, index, rows, tile)))
    this.take(rows)
  }

  async edge(frontier: Buffer | undefined): Promise<void> {
    const { size } = this.context.tree
    const rows = await this.rows(edgeStart(size), size + 1)
    const sealed = rows.filter(({ seq }) => seq < size)
    if (frontier) this.findings.push(...checkEdge(rows, size, frontier, this.context))
    this.take(sealed)
  }

  private rows(from: number, to: number): Promise<LeafRow[]> {
    return readRows(this.tx, this.context.tree.tenantId, from, to)
  }

  private take(rows: readonly LeafRow[]): void {
    this.findings.push(...this.times.check(rows))
    this.events += rows.length
    for (const { seq, erased, notice, retainedSeq, derived, stored } of rows) {
      if (erased !== undefined) this.erasures.push({ seq, erased })
      // A notice counts only if it is what was sealed.
      if (derived !== stored) continue
      if (notice) this.notices.push(notice)
      this.retainedSeq = Math.max(this.retainedSeq, retainedSeq ?? 0)
    }
  }
}

/** The full tiles, by their roots alone, against the edge that the head signs. */
async function checkFrontier(tx: Transaction, { tree, frontier }: HeadCheck): Promise<ScrubFinding[]> {
  if (!frontier) return []
  const full = signedSubtrees(tree.size, frontier).filter(({ end }) => end <= edgeStart(tree.size))
  const findings: ScrubFinding[] = []
  for (const { start, end, hash } of full) {
    const roots = await tryRanges(tx, tree.tenantId, [{ start, end }], tree.size)
    if (!roots || roots[0]?.equals(hash)) continue
    const [index, through] = [start / TILE_WIDTH, end / TILE_WIDTH - 1]
    const place = { kind: 'tile', level: 0, index, ...(through > index && { through }) } as const
    const detail = 'Together they do not make the hash that was signed over them: at least one was changed.'
    findings.push({ reason: 'tile_altered', place, detail })
  }
  return findings
}

/** Rows behind the trail's own end. */
function findBeyond(tenantId: string, log: SignedLog, lastSeq: number): ScrubFinding[] {
  if (lastSeq < log.nextSeq || tenantId === ANCHOR_TENANT_ID) return []
  return [eventFinding('inserted', log.nextSeq, lastSeq, 'It stands behind the end of the trail.')]
}

async function readLastSeq(tx: Transaction, tenantId: string): Promise<number> {
  const rows =
    tenantId === ANCHOR_TENANT_ID
      ? sql`select max(seq) as last from anchor_entries`
      : sql`select max(seq) as last from events where tenant_id = ${tenantId}`
  const [found] = await tx.execute<{ last: number | null }>(rows)
  return found?.last ?? -1
}

async function visit(tx: Transaction, claimed: ClaimedTrail): Promise<Omit<Visit, 'ms'>> {
  const started = performance.now()
  const { tenantId, latestReceivedMs, nextSeq: from } = claimed
  const log = await readSignedLog(tx, tenantId)
  const nothing = { erasures: [], notices: [], events: 0, latestReceivedMs, retainedSeq: claimed.retainedSeq }
  if (!log) {
    const findings = claimed.seen ? [headFinding('head_altered', 'Its row is gone.')] : []
    return { ...nothing, log, nextSeq: from, findings, isEnd: true, seen: undefined }
  }
  const head = await checkHead(tx, tenantId, log, claimed.seen ?? undefined)
  const { tree } = head
  const lastSeq = await readLastSeq(tx, tenantId)
  const bound = Math.min(tree.size, from + TILE_WIDTH * 256)
  const checkpoints = await checkCheckpoints(tx, log, tree, from, bound)
  const ofHead = head.signedMs === undefined ? [] : [{ size: tree.size, timeMs: head.signedMs }]
  const times = new ReceiptTimes(latestReceivedMs ?? Number.NEGATIVE_INFINITY, [
    ...checkpoints.moments,
    ...ofHead,
  ])
  const steps = new Steps(
    tx,
    times,
    { tree, firstSeq: log.firstSeq, nextSeq: log.nextSeq, lastSeq },
    claimed.retainedSeq,
  )
  let at = from
  while (at + TILE_WIDTH <= bound && performance.now() - started < VISIT_MS) {
    await steps.tile(at / TILE_WIDTH)
    at += TILE_WIDTH
  }
  const isEnd = at === edgeStart(tree.size) || at > tree.size
  const findings = [...head.findings, ...checkpoints.findings]
  findings.push(...(await checkUpperTiles(tx, tree, from, at)))
  if (isEnd) {
    await steps.edge(head.frontier)
    findings.push(...(await checkFrontier(tx, head)), ...(await checkUnexpectedTiles(tx, tree)))
    findings.push(...findBeyond(tenantId, log, lastSeq))
  }
  findings.push(...steps.findings)
  return {
    log,
    nextSeq: at,
    events: steps.events,
    latestReceivedMs: Number.isFinite(times.latestMs) ? times.latestMs : null,
    retainedSeq: steps.retainedSeq,
    erasures: steps.erasures,
    notices: steps.notices,
    findings,
    isEnd,
    seen: head.findings.length === 0 ? toSeen(log, tree) : undefined,
  }
}

/** A part that makes the scrubber itself fail is not right either, and must not go unseen. */
function stuckVisit({ nextSeq, latestReceivedMs, retainedSeq }: ClaimedTrail, reference: string) {
  const detail = `The error has the reference ${reference} there.`
  const findings = [eventFinding('unreadable', nextSeq, nextSeq + TILE_WIDTH - 1, detail)]
  const nothing = { log: undefined, events: 0, erasures: [], notices: [], seen: undefined }
  return {
    ...nothing,
    nextSeq,
    latestReceivedMs,
    retainedSeq,
    findings,
    isEnd: false,
    isStuck: true,
  } as const
}

/**
 * Compares the next part of a trail with its log, in one snapshot that it only reads. Throws only if the database is
 * away.
 */
export async function visitTrail(claimed: ClaimedTrail): Promise<Visit> {
  const started = performance.now()
  try {
    const found = await database('scrub').transaction((tx) => visit(tx, claimed), {
      isolationLevel: 'repeatable read',
      accessMode: 'read only',
    })
    return { ...found, ms: performance.now() - started }
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    const reference = newReference()
    reportError(error, reference)
    return { ...stuckVisit(claimed, reference), ms: performance.now() - started }
  }
}
