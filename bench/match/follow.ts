import type postgres from 'postgres'
import { inTenant } from '@/lib/access/in-tenant'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { askToRematch } from '@/lib/ledger/matching/ask-to-rematch'
import { matchTenant } from '@/lib/ledger/matching/match-tenant'
import { loadLedger } from './ledger'
import { type Law, loadTrail, makeTenant } from './load-trail'

export const ACCOUNTS = 100_000
const WANTED = 50_000

/**
 * (a) Events matched a second, in process: the first half with all names new, the second with most of them known. Gives
 * the tenant.
 */
export async function benchFollow(client: postgres.Sql, law: Law, events: number): Promise<string> {
  console.log(
    `${events.toLocaleString('en')} events, accounts of ${ACCOUNTS.toLocaleString('en')} by the law ${law}; ` +
      `wanted: ${WANTED.toLocaleString('en')} events/s`,
  )
  const tenantId = await makeTenant(client, `bench-${law}`)
  const scope = await scopeForSystem(tenantId, 'CLI')
  await loadLedger(client, tenantId, ACCOUNTS)
  await inTenant(scope, (tx) => askToRematch(tx, tenantId, 'the benchmark began'))
  const half = Math.floor(events / 2)
  let all = 0
  for (const [name, from] of [
    ['first half', 0],
    ['second half', half],
  ] as const) {
    await loadTrail(client, tenantId, { law, accounts: ACCOUNTS, from, events: half })
    await client.unsafe('vacuum (analyze) events')
    const start = performance.now()
    const counts = await matchTenant(scope, { budgetMs: Number.POSITIVE_INFINITY })
    const ms = performance.now() - start
    all += ms
    print(name, counts.events, ms, `, ${counts.references.toLocaleString('en')} new names`)
  }
  print('all', 2 * half, all, `, ${((2 * half) / (all / 1000) / WANTED).toFixed(2)} of what is wanted`)
  return tenantId
}

function print(name: string, events: number, ms: number, more: string): void {
  const rate = Math.round(events / (ms / 1000)).toLocaleString('en')
  console.log(`  ${name.padEnd(12)} ${rate.padStart(8)} events/s${more}`)
}
