import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { SourceView } from './policy-view'
import { type KnownSource, readKnownSources } from './read-sources'

type Policy = { id: string; name: string }
type Counts = { references: SourceView['references']; events: number }

const KINDS = ['silo', 'token', 'console', 'system'] as const
const NOTHING: Counts = { references: { matched: 0, ambiguous: 0, unmatched: 0, off: 0 }, events: 0 }

/** Where events come from, by which policy they are matched, and how far that succeeds: silos first, then tokens. */
export async function listSources(scope: TenantScope): Promise<SourceView[]> {
  requirePermission(scope, 'ledger:read')
  const { tenantId } = scope
  return inTenantSnapshot(scope, async (tx) => {
    const known = await readKnownSources(tx, tenantId)
    const counts = await countByOrigin(tx, tenantId)
    const { chosen, standard } = await readChoices(tx, tenantId)
    const labels = new Map(known.map((source) => [source.origin, source]))
    const shown = new Set([
      ...known.filter(({ isThere }) => isThere).map(({ origin }) => origin),
      ...counts.keys(),
      ...chosen.keys(),
    ])
    return [...shown]
      .map((origin): SourceView => {
        const { kind, label } = labels.get(origin) ?? unknownSource(origin)
        const isOwn = chosen.has(origin)
        const policy = isOwn ? (chosen.get(origin) ?? null) : standard
        return { origin, kind, label, policy, isOwn, ...(counts.get(origin) ?? NOTHING) }
      })
      .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.label < b.label ? -1 : 1))
  })
}

/** Nothing is known of it any more but its events. */
function unknownSource(origin: string): KnownSource {
  const [kind, name = ''] = origin.split(/:(.*)/s)
  return { origin, kind: kind === 'silo' ? 'silo' : 'token', label: name || origin, isThere: false }
}

async function countByOrigin(tx: Transaction, tenantId: string): Promise<Map<string, Counts>> {
  const rows = await tx.execute<{
    origin: string
    state: keyof Counts['references']
    names: number
    events: number
  }>(sql`
    select origin, state, count(*)::int as names, sum(events)::float8 as events from ledger_references
    where tenant_id = ${tenantId} group by origin, state`)
  const counts = new Map<string, Counts>()
  for (const { origin, state, names, events } of rows) {
    const before = counts.get(origin) ?? NOTHING
    counts.set(origin, {
      references: { ...before.references, [state]: names },
      events: before.events + events,
    })
  }
  return counts
}

/** The policies that sources were given (null: none), and the default one. */
async function readChoices(
  tx: Transaction,
  tenantId: string,
): Promise<{ chosen: Map<string, Policy | null>; standard: Policy | null }> {
  const rows = await tx.execute<{ origin: string | null; id: string | null; name: string | null }>(sql`
    select s.origin, p.id, p.name from matching_sources s
    left join matching_policies p on p.tenant_id = s.tenant_id and p.id = s.policy_id
    where s.tenant_id = ${tenantId}
    union all
    select null, id, name from matching_policies
    where tenant_id = ${tenantId} and is_default and removed_at is null`)
  const chosen = new Map<string, Policy | null>()
  let standard: Policy | null = null
  for (const { origin, id, name } of rows) {
    const policy = id !== null && name !== null ? { id, name } : null
    if (origin === null) standard = policy
    else chosen.set(origin, policy)
  }
  return { chosen, standard }
}
