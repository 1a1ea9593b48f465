import { and, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events } from '@/db/schema/events'
import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { StoredEvent } from '@/lib/event/stored-event'
import { readMatched } from '@/lib/ledger/matched/read-matched'
import { amongSeqs } from '@/lib/trail/among-mentioned'
import { decodeCursor, encodeCursor } from '@/lib/trail/cursor'
import { STORED_EVENT_COLUMNS, toStoredEvent } from '@/lib/trail/stored-event-row'
import type { Timeline, TimelineSide } from './activity-view'
import { findEntityById } from './find-entity-by-id'
import type { TimelineRequest } from './input'
import { mentionedSeqs } from './mentioned-seqs'
import { type Meaning, readMeaning } from './read-meaning'
import { isSignIn } from './sign-in'

/** What one answer looks at before it ends early: some 0.1 s of mentions, and of events whose action is to be checked. */
const MAX_CHUNKS = 2_048
const MAX_CHECKED = 5_000
/** Events whose action is checked at a time. */
const CHECK = 512

const meaningsOf = (side: TimelineSide, { actor, target }: Record<'actor' | 'target', Meaning>) =>
  side === 'actor' ? { actor } : side === 'target' ? { target } : { actor, target }

/** Those of the seqs that are sign-ins, in their order. */
async function signInsAmong(tx: Transaction, tenantId: string, seqs: readonly number[]): Promise<number[]> {
  const rows = await tx
    .select({ seq: events.seq, action: events.action, code: events.code })
    .from(events)
    .where(and(eq(events.tenantId, tenantId), amongSeqs(seqs)))
  const found = new Set(rows.filter(({ action, code }) => isSignIn(action, code)).map(({ seq }) => seq))
  return seqs.filter((seq) => found.has(seq))
}

/** The seqs of a page, newest first, and where to go on (exclusive), null at the end. */
async function findSeqs(
  tx: Transaction,
  tenantId: string,
  { side, limit }: TimelineRequest,
  meanings: Partial<Record<'actor' | 'target', Meaning>>,
  before: number,
): Promise<{ seqs: number[]; rest: number | null }> {
  const seqs: number[] = []
  let chunks = 0
  let checked = 0
  for await (const mentioned of mentionedSeqs(tx, tenantId, meanings, before)) {
    for (let at = 0; at < mentioned.seqs.length; at += CHECK) {
      const some = mentioned.seqs.slice(at, at + CHECK)
      seqs.push(...(side === 'sign-ins' ? await signInsAmong(tx, tenantId, some) : some))
      if (seqs.length > limit) return { seqs: seqs.slice(0, limit), rest: seqs[limit - 1] as number }
      checked += side === 'sign-ins' ? some.length : 0
      if (checked >= MAX_CHECKED) return { seqs, rest: some.at(-1) as number }
    }
    chunks += mentioned.chunks
    if (chunks >= MAX_CHUNKS && mentioned.downTo > 0) return { seqs, rest: mentioned.downTo }
  }
  return { seqs, rest: null }
}

/**
 * What an entity did, what was done to it, or who signed in, newest first: a person over all accounts, an organisation over
 * its people. Each event only while its names meant the entity. Throws `not_found`, and `invalid` for a foreign cursor.
 */
export async function readTimeline(scope: TenantScope, request: TimelineRequest): Promise<Timeline> {
  requirePermission(scope, 'ledger:read')
  requirePermission(scope, 'events:read')
  const { tenantId } = scope
  const before = request.cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeCursor(request.cursor).seq
  return inTenantSnapshot(scope, async (tx) => {
    const entity = await findEntityById(tx, tenantId, request.entity)
    const meanings = meaningsOf(request.side, await readMeaning(tx, tenantId, entity))
    const { seqs, rest } = await findSeqs(tx, tenantId, request, meanings, before)
    const found = await readEvents(tx, tenantId, seqs)
    const matched = await readMatched(tx, tenantId, found)
    return {
      events: found.map((event) => ({ ...event, matched: matched.get(event.seq) ?? {} })),
      next: rest === null ? null : encodeCursor({ side: 'before', seq: rest }),
    }
  })
}

async function readEvents(
  tx: Transaction,
  tenantId: string,
  seqs: readonly number[],
): Promise<StoredEvent[]> {
  const rows = await tx
    .select(STORED_EVENT_COLUMNS)
    .from(events)
    .where(and(eq(events.tenantId, tenantId), amongSeqs(seqs)))
  return rows.sort((a, b) => b.seq - a.seq).map(toStoredEvent)
}
