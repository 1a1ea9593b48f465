import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { FoundEntity } from '@/lib/ledger/matched/find-named'
import { countMatched, matchTrail } from '@/lib/trail/match-trail'
import type { Count } from '@/lib/trail/overview'
import { type Activity, type CalledBy, MAX_CALLED_BY } from './activity-view'
import { findEntityById } from './find-entity-by-id'
import { mentionedSeqs } from './mentioned-seqs'
import { type Meaning, readMeaning } from './read-meaning'

/** Chunks of mentions that are looked at for the newest event; names that meant it long ago only may need more. */
const MAX_CHUNKS = 2_048
const FILTERS = { actor: 'actorEntity', target: 'targetEntity' } as const

type Role = keyof typeof FILTERS

/** How much an entity did and suffered, and what events call it. Throws `not_found`. */
export async function countActivity(
  scope: TenantScope,
  { entity: id }: { entity: string },
): Promise<Activity> {
  requirePermission(scope, 'ledger:read')
  requirePermission(scope, 'events:read')
  const { tenantId } = scope
  return inTenantSnapshot(scope, async (tx) => {
    const entity = await findEntityById(tx, tenantId, id)
    const meanings = await readMeaning(tx, tenantId, entity)
    return {
      asActor: await countAs(tx, tenantId, entity, 'actor', meanings.actor),
      asTarget: await countAs(tx, tenantId, entity, 'target', meanings.target),
      lastAt: await readLastAt(tx, tenantId, meanings),
      references: await readCalledBy(tx, tenantId, [
        ...meanings.actor.references,
        ...meanings.target.references,
      ]),
    }
  })
}

/** By the counters of its names, where these say it: an event has one actor, but may have two of its targets. */
async function countAs(
  tx: Transaction,
  tenantId: string,
  { type, key }: FoundEntity,
  role: Role,
  { set, references }: Meaning,
): Promise<Count> {
  if (set.isUnbounded && (role === 'actor' || references.length <= 1))
    return { value: references.reduce((sum, { events }) => sum + events, 0), exact: true }
  const filter = { [FILTERS[role]]: { include: [`${type}:${key}`], exclude: [] } }
  const matched = await matchTrail(tx, tenantId, filter, Date.now())
  return { value: countMatched(matched), exact: matched.exact }
}

async function readLastAt(
  tx: Transaction,
  tenantId: string,
  meanings: Record<Role, Meaning>,
): Promise<Date | null> {
  let looked = 0
  for await (const { seqs, chunks } of mentionedSeqs(tx, tenantId, meanings, Number.MAX_SAFE_INTEGER)) {
    looked += chunks
    if (looked > MAX_CHUNKS) break
    const [newest] = seqs
    if (newest === undefined) continue
    const [row] = await tx.execute<{ at: number }>(sql`
      select (extract(epoch from occurred_at) * 1000)::float8 as at from events
      where tenant_id = ${tenantId} and seq = ${newest}::bigint`)
    return row ? new Date(row.at) : null
  }
  return null
}

async function readCalledBy(
  tx: Transaction,
  tenantId: string,
  references: readonly { id: number; events: number }[],
): Promise<CalledBy[]> {
  const most = references.toSorted((a, b) => b.events - a.events).slice(0, MAX_CALLED_BY)
  const rows = await tx.execute<CalledBy>(sql`
    select role, origin, type, name, parent, identity, ref_id as "refId", events::float8 as events
    from ledger_references where tenant_id = ${tenantId} and id = any(${`{${most.map(({ id }) => id).join(',')}}`}::int[])
    order by events desc, id`)
  return [...rows]
}
