import type postgres from 'postgres'
import { quantile } from '@/bench/statistics'
import { inTenant } from '@/lib/access/in-tenant'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { askToRematch } from '@/lib/ledger/matching/ask-to-rematch'
import { matchTenant } from '@/lib/ledger/matching/match-tenant'
import { readTimeline } from '@/lib/ledger/timeline/read-timeline'
import { ACCOUNTS } from './follow'
import { loadLedger } from './ledger'
import { loadTrail, makeTenant } from './load-trail'

const WANTED_MS = 20
const RUNS = 40

type Found = { id: string; name: string; side: 'actor' | 'target'; events: number }

/** Persons, accounts, organisations and groups, from those of most events to those of fewest. */
async function pickEntities(client: postgres.Sql, tenantId: string): Promise<Found[]> {
  const found: Found[] = []
  for (const [type, column] of [
    ['identity', 'identity_id'],
    ['account', 'entity_id'],
    ['organisation', 'organisation_id'],
    ['group', 'entity_id'],
  ] as const) {
    const rows = await client<{ id: string; events: number; key: string }[]>`
      select e.id, e.key, sum(r.events)::float8 as events from ledger_entities e
      join ledger_matches m on m.tenant_id = e.tenant_id and m.${client(column)} = e.id and m.until is null
      join ledger_references r on r.tenant_id = m.tenant_id and r.id = m.reference_id
      where e.tenant_id = ${tenantId} and e.type = ${type} group by e.id, e.key order by events desc`
    for (const share of [0, 0.02, 0.5, 1]) {
      const row = rows[Math.min(rows.length - 1, Math.floor(rows.length * share))]
      if (row) found.push({ ...row, name: `${type} ${row.key}`, side: type === 'group' ? 'target' : 'actor' })
    }
  }
  return found
}

/** (c) First pages of entities in a long trail. */
export async function benchTimeline(client: postgres.Sql, events: number): Promise<void> {
  const tenantId = await makeTenant(client, 'bench-timeline')
  const scope = await scopeForSystem(tenantId, 'CLI')
  await loadLedger(client, tenantId, ACCOUNTS)
  await inTenant(scope, (tx) => askToRematch(tx, tenantId, 'the benchmark began'))
  await loadTrail(client, tenantId, { law: 'zipf', accounts: ACCOUNTS, from: 0, events })
  await client.unsafe('vacuum (analyze) events')
  const start = performance.now()
  await matchTenant(scope, { budgetMs: Number.POSITIVE_INFINITY })
  const seconds = (performance.now() - start) / 1000
  await client.unsafe('vacuum (analyze) ledger_references')
  await client.unsafe('vacuum (analyze) ledger_spans')
  console.log(
    `Timelines in a trail of ${events.toLocaleString('en')} events, matched in ${seconds.toFixed(0)} s; ` +
      `first page, p50 and p95 of ${RUNS}, ms (wanted: ${WANTED_MS})`,
  )
  const all: number[] = []
  for (const { id, name, side, events: has } of await pickEntities(client, tenantId)) {
    const times: number[] = []
    for (let i = 0; i < RUNS; i++) {
      const begin = performance.now()
      await readTimeline(scope, { entity: id, side, limit: 50 })
      times.push(performance.now() - begin)
    }
    all.push(...times)
    console.log(
      `  ${name.padEnd(28)} ${has.toLocaleString('en').padStart(10)} events ` +
        `${quantile(times, 0.5).toFixed(1).padStart(7)} ${quantile(times, 0.95).toFixed(1).padStart(7)}`,
    )
  }
  console.log(`  all: p95 ${quantile(all, 0.95).toFixed(1)} ms, slowest ${Math.max(...all).toFixed(0)} ms`)
}
