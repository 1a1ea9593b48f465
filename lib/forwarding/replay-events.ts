import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryReplays } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { AppError } from '@/lib/errors/app-error'
import type { SeqRange } from '@/lib/trail/blocks/search-blocks'
import { recordDestinationEvent } from './destination-event'
import { findDestination } from './find-destination'
import { findSeqAt } from './find-seq-at'
import { changeStream, lockStream } from './find-stream'
import { type ReplayView, readReplays } from './list-replays'
import type { ReplayEvents } from './stream-input'

/** They are sent one after the other, and each is a thing to understand. */
const MAX_RUNNING = 10

/**
 * Has events sent to a destination again, under their old ids and as they were judged then: a range, everything
 * since a place or a moment, or what was set aside. It goes as far as the destination has come; what is behind its
 * place comes anyway. Throws `not_found`, `invalid` where there is nothing, or a rule counts each event once, and
 * `conflict` for the eleventh at a time.
 */
export async function replayEvents(scope: TenantScope, input: ReplayEvents): Promise<ReplayView> {
  requirePermission(scope, 'destinations:manage')
  const { tenantId, principal } = scope
  const key = { tenantId, destinationId: input.id }
  const id = randomUUID()
  return inTenant(scope, async (tx) => {
    const row = await findDestination(tx, scope, input)
    const { rule } = destinationKind(row.kind).open(row.config)
    if (rule) throw countsOnlyOnce()
    const { nextSeq, runningReplays } = await lockStream(tx, key)
    if (runningReplays >= MAX_RUNNING)
      throw new AppError('conflict', `${MAX_RUNNING} replays are running. Wait for one, or cancel one.`)
    const onlyDead = input.what === 'dead'
    const bounds = await chosenRange(tx, tenantId, input, nextSeq)
    const range = onlyDead ? await rangeOfDead(tx, key, bounds) : bounds
    if (range.from >= range.to) throw nothingThere(onlyDead, nextSeq)
    const { from: fromSeq, to: toSeq } = range
    const requestedBy = principal.login
    await tx
      .insert(deliveryReplays)
      .values({ ...key, id, fromSeq, toSeq, onlyDead, nextSeq: fromSeq, requestedBy })
    await changeStream(tx, key, { runningReplays: sql`running_replays + 1` })
    const what = onlyDead ? 'what it had refused' : `the events ${fromSeq} to ${toSeq - 1}`
    await recordDestinationEvent(tx, scope, row, 'DESTINATION_REPLAYED', `gets ${what} again`, {
      replayId: id,
      what: input.what,
      fromSeq,
      throughSeq: toSeq - 1,
    })
    const [replay] = await readReplays(tx, key, id)
    return replay as ReplayView
  })
}

/** What a person chose, within what the trail still has and the stream has behind it. */
async function chosenRange(
  tx: Transaction,
  tenantId: string,
  { fromSeq, throughSeq, from, to }: ReplayEvents,
  nextSeq: number,
): Promise<SeqRange> {
  const [head] = await tx.execute<{ first: number }>(
    sql`select first_seq::float8 as first from trail_heads where tenant_id = ${tenantId}`,
  )
  const begin = from === undefined ? (fromSeq ?? 0) : await findSeqAt(tx, tenantId, new Date(from))
  const last = throughSeq === undefined ? nextSeq : throughSeq + 1
  const end = to === undefined ? last : await findSeqAt(tx, tenantId, new Date(to))
  return { from: Math.max(begin, head?.first ?? 0), to: Math.min(end, nextSeq) }
}

/** From the first event that was set aside and never got through, to the last. */
async function rangeOfDead(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
  { from, to }: SeqRange,
): Promise<SeqRange> {
  const [dead] = await tx.execute<{ first: number | null; last: number | null }>(sql`
    select min(seq)::float8 as first, max(seq)::float8 as last from delivery_dead
    where tenant_id = ${tenantId} and destination_id = ${destinationId} and resolved_at is null
      and seq >= ${from}::bigint and seq < ${to}::bigint`)
  return { from: dead?.first ?? 0, to: (dead?.last ?? -1) + 1 }
}

function countsOnlyOnce(): AppError {
  const detail = 'This channel tells only when a number is reached, and has counted its events already.'
  const violations = [{ pointer: '/what', code: 'invalid', detail }]
  return new AppError('invalid', `Nothing can be sent again here. ${detail}`, { violations })
}

function nothingThere(onlyDead: boolean, nextSeq: number): AppError {
  const pointer = onlyDead ? '/what' : '/fromSeq'
  const detail = onlyDead
    ? 'No event is set aside here.'
    : `It has got the events before ${nextSeq}; choose among them.`
  const violations = [{ pointer, code: 'invalid', detail }]
  return new AppError('invalid', `There is nothing to send again. ${detail}`, { violations })
}
