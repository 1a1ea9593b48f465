import { sql } from 'drizzle-orm'
import { database, type Transaction } from '@/db/client'
import { inTenant } from '@/lib/access/in-tenant'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { isAwayForAll } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { warnManagers } from './warn-managers'
import type { Warning } from './warning'

/** A sealer takes about a second; its restart, with all that comes with it, some minutes. */
const UNSEALED_MINUTES = 10
/** Workspaces told by one look. */
const MAX_TENANTS = 100

type Unsealed = { tenantId: string; size: number; since: string; refused: string | null }

const keyOf = (size: number) => `unsealed ${size}`

/** Trails whose first unsealed event has waited for long, and that nobody was told of where they stand. */
async function findUnsealed(): Promise<Unsealed[]> {
  return database('deliver').execute<Unsealed>(sql`
    select tenant_id as "tenantId", size::float8 as size, refused, to_char(received_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as since
    from (
      select t.tenant_id, coalesce(l.size, 0) as size, l.refused from trail_heads t
      left join log_heads l on l.tenant_id = t.tenant_id
      where t.next_seq > coalesce(l.size, 0)) behind
    join lateral (
      select received_at from events e where e.tenant_id = behind.tenant_id and e.seq >= behind.size
      order by e.seq limit 1) first on received_at < now() - make_interval(mins => ${UNSEALED_MINUTES})
    where not exists (
      select from notifications n where n.tenant_id = behind.tenant_id and n.idempotency_key = 'unsealed ' || behind.size)
    limit ${MAX_TENANTS}`)
}

/**
 * Warns where the sealer stands still: what is not sealed is neither forwarded nor notified, so no channel can tell.
 * Gives how many workspaces were told. Never twice of the same standstill, however many run.
 */
export async function tellUnsealed(isOver: () => boolean): Promise<number> {
  let told = 0
  for (const trail of await findUnsealed()) {
    if (isOver()) break
    try {
      const scope = await scopeForSystem(trail.tenantId, 'SCHEDULER')
      if (await inTenant(scope, (tx) => tellOne(tx, trail))) told++
    } catch (error) {
      if (isAwayForAll(error)) throw error
      reportError(error, newReference())
    }
  }
  return told
}

async function tellOne(tx: Transaction, trail: Unsealed): Promise<boolean> {
  const { tenantId, size } = trail
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`unsealed ${tenantId}`}, 0))`)
  const isTold = await tx.execute(
    sql`select 1 from notifications where tenant_id = ${tenantId} and idempotency_key = ${keyOf(size)}`,
  )
  if (isTold.length > 0) return false
  await warnManagers(tx, tenantId, warningOf(trail))
  return true
}

const warningOf = ({ size, since, refused }: Unsealed): Warning => ({
  key: keyOf(size),
  message: `No event has been sealed since ${since} UTC`,
  details: [
    refused ?? 'The sealer of this Spoor stands still; its operator finds the reason in the log.',
    'Events are still taken and kept, but nothing is forwarded and no channel notifies until they are sealed.',
  ],
  link: { label: 'Open the integrity page', path: 'integrity' },
})
