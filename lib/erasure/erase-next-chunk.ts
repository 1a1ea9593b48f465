import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events } from '@/db/schema/events'
import { erasures } from '@/db/schema/retention'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { findActiveHold } from '@/lib/holds/active-hold'
import { lockBlocks } from '@/lib/trail/blocks/lock-blocks'
import { SoughtActor, spellingsOf } from './actor-pointers'
import { readSealedSize, STORED_ROW_COLUMNS } from './find-events'
import { redactEvents } from './redact-events'
import { type Change, redactRow, type StoredRow } from './redact-row'

/** Events looked at in one transaction, some 40 ms: ingestion and searches get their turn in between. */
const WINDOW = 20_000
/** Events erased in one: while the trail's counter is held they take some 50 ms. */
const MAX_EVENTS = 250
const MAX_BYTES = 8 * 1024 * 1024
/** Bodies searched in one, once for each spelling: some 3 s, a tenth of what a statement may take. */
const MAX_SEARCHED_BYTES = 1024 * 1024 * 1024

type Job = typeof erasures.$inferSelect
type Found = { rows: StoredRow[]; nextSeq: number }

/**
 * Goes on with the tenant's oldest running erasure by one transaction. True if something was done, false if there is
 * none, or what comes next waits: for a legal hold, or for being sealed. Killed anywhere it goes on where it was.
 */
export async function eraseNextChunk(scope: TenantScope): Promise<boolean> {
  requirePermission(scope, 'events:erase')
  const { tenantId } = scope
  return inTenant(scope, async (tx) => {
    await lockBlocks(tx, tenantId)
    const [job] = await tx
      .select()
      .from(erasures)
      .where(sql`${erasures.tenantId} = ${tenantId} and ${erasures.state} = 'running'`)
      .orderBy(erasures.requestedAt, erasures.id)
      .limit(1)
    if (!job || (await findActiveHold(tx, tenantId)) !== undefined) return false
    if (job.nextSeq >= job.throughSeq) return finish(tx, scope, job)
    const end = Math.min(job.nextSeq + WINDOW, job.throughSeq, await readSealedSize(tx, tenantId))
    if (end <= job.nextSeq) return false
    await eraseUpTo(tx, scope, job, await readSearchEnd(tx, job, end))
    return true
  })
}

async function eraseUpTo(tx: Transaction, scope: TenantScope, job: Job, end: number): Promise<void> {
  const actor = job.actor ?? []
  const sought = new SoughtActor(actor)
  const { rows, nextSeq } = await findMentions(tx, job, actor, end)
  const members = new Set<string>()
  const changes = rows.flatMap((row): Change[] => {
    const pointers = sought.pointersIn(JSON.parse(row.body), job.mentions)
    const change = redactRow(row, pointers)
    if (!change) return []
    // Of the members only: the names of what is in them may say something themselves.
    for (const pointer of pointers) members.add(pointer.replace(/(?<=.)\/.*/s, ''))
    return [change]
  })
  await tx
    .update(erasures)
    .set({
      nextSeq,
      events: job.events + changes.length,
      pointers: [...new Set([...job.pointers, ...members])].sort(),
    })
    .where(sql`${erasures.tenantId} = ${job.tenantId} and ${erasures.id} = ${job.id}`)
  if (changes.length === 0) return
  const { reasonCode, requestedBy: by, id: erasureId } = job
  await redactEvents(tx, scope, changes, { pointers: [...members].sort(), reasonCode, by, erasureId })
}

/** How far large bodies let one statement search. Their sizes are known without reading them. */
async function readSearchEnd(tx: Transaction, job: Job, end: number): Promise<number> {
  const spellings = (job.actor ?? []).flatMap(spellingsOf).length
  const most = Math.floor(MAX_SEARCHED_BYTES / Math.max(1, spellings))
  const [found] = await tx.execute<{ seq: number | null }>(sql`
    select min(seq)::float8 as seq from (
      select seq, sum(octet_length(body)) over (order by seq) as bytes from events
      where tenant_id = ${job.tenantId} and seq >= ${job.nextSeq} and seq < ${end}
    ) sized where bytes > ${most}`)
  return found?.seq ?? end
}

/** Events in which one of the values stands anywhere, and up to where all have been looked at. */
async function findMentions(tx: Transaction, job: Job, actor: string[], end: number): Promise<Found> {
  const anywhere = sql.join(
    actor
      .flatMap(spellingsOf)
      .map((text) => sql`strpos(${events.body}, ${JSON.stringify(text).slice(1, -1)}) > 0`),
    sql` or `,
  )
  const size = sql<number>`octet_length(${events.body})`
  const window = tx
    .select({
      ...STORED_ROW_COLUMNS,
      bytesBefore: sql<number>`sum(${size}) over (order by ${events.seq}) - ${size}`.as('bytes_before'),
    })
    .from(events)
    .where(
      sql`${eq(events.tenantId, job.tenantId)} and ${events.seq} >= ${job.nextSeq} and ${events.seq} < ${end}
        and (${anywhere})`,
    )
    .orderBy(events.seq)
    .limit(MAX_EVENTS)
    .as('mentions')
  const found = await tx
    .select()
    .from(window)
    .where(sql`${window.bytesBefore} < ${MAX_BYTES}`)
    .orderBy(window.seq)
  const last = found.at(-1)
  const bytes = last ? Number(last.bytesBefore) + Buffer.byteLength(last.body) : 0
  const isCut = found.length === MAX_EVENTS || bytes >= MAX_BYTES
  return { rows: found, nextSeq: isCut && last ? last.seq + 1 : end }
}

async function finish(tx: Transaction, scope: TenantScope, job: Job): Promise<boolean> {
  await tx
    .update(erasures)
    .set({ state: 'done', actor: null, finishedAt: sql`now()` })
    .where(sql`${erasures.tenantId} = ${job.tenantId} and ${erasures.id} = ${job.id}`)
  const { id, reasonCode, requestedBy: by, events: erased } = job
  await recordEvent(tx, scope, 'ERASURE_FINISHED', {
    targets: [{ type: 'erasure', id }],
    data: { events: erased, reasonCode, by },
  })
  return true
}
