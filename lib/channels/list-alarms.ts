import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events } from '@/db/schema/events'
import { ruleAlarms } from '@/db/schema/rules'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { GROUP_VALUES } from '@/lib/delivery/rules/group-value'
import { RULE_GROUPS, type Rule, ruleSchema } from '@/lib/delivery/rules/rule'
import { readDestination } from '@/lib/forwarding/find-destination'
import { DEFAULT_PAGE_SIZE, type StreamPageRequest } from '@/lib/forwarding/stream-page'
import { decodeCursor, encodeCursor } from '@/lib/trail/cursor'

const MAX_PAGE_SIZE = 500

/** That a channel's rule fired. */
export type AlarmView = {
  /** The event that made the number full, and when it was received. */
  seq: number
  at: Date
  /** Null where retention has dropped it. */
  eventId: string | null
  /** Whose events they were, as the trail still says: null for all together, and where it was erased or dropped. */
  who: string | null
  /** Events that it told of, and the first of them. */
  events: number
  firstSeq: number
  /** The rule as it was. */
  rule: Rule
}

export type AlarmPage = { alarms: AlarmView[]; next: string | null }

const a = ruleAlarms

/** By what the rule of that time counted. */
const WHO = sql<string | null>`case ${a.rule} ->> 'per' ${sql.join(
  RULE_GROUPS.filter((per) => per !== 'all').map((per) => sql`when ${per} then ${GROUP_VALUES[per]}`),
  sql` `,
)} end`

async function readAlarmPage(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
  { limit = DEFAULT_PAGE_SIZE, cursor }: StreamPageRequest,
): Promise<AlarmPage> {
  const before = cursor === undefined ? undefined : decodeCursor(cursor).seq
  const most = Math.min(limit, MAX_PAGE_SIZE)
  const found = await tx
    .select({
      seq: a.seq,
      at: a.at,
      eventId: events.id,
      who: WHO,
      events: a.events,
      firstSeq: a.firstSeq,
      rule: a.rule,
    })
    .from(a)
    .leftJoin(events, and(eq(events.tenantId, a.tenantId), eq(events.seq, a.seq)))
    .where(
      and(
        eq(a.tenantId, tenantId),
        eq(a.destinationId, destinationId),
        before === undefined ? undefined : lt(a.seq, before),
      ),
    )
    .orderBy(desc(a.seq))
    .limit(most + 1)
  const alarms = found.slice(0, most).map((row) => ({ ...row, rule: ruleSchema.parse(row.rule) }))
  const last = alarms.at(-1)
  const next = found.length > most && last ? encodeCursor({ side: 'before', seq: last.seq }) : null
  return { alarms, next }
}

/** When a channel's rule fired, latest first; of the last 90 days. Throws `not_found`, `invalid` for a foreign cursor. */
export async function listAlarms(
  scope: TenantScope,
  id: string,
  request: StreamPageRequest = {},
): Promise<AlarmPage> {
  requirePermission(scope, 'destinations:read')
  requirePermission(scope, 'events:read')
  return inTenant(scope, async (tx) => {
    await readDestination(tx, scope, { id, role: 'channel' })
    return readAlarmPage(tx, { tenantId: scope.tenantId, destinationId: id }, request)
  })
}
