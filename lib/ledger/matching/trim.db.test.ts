import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { setRetentionSchema } from '@/lib/retention/input'
import { retainTrails } from '@/lib/retention/retain-trails'
import { setRetention } from '@/lib/retention/set'
import { appendDaysAgo } from '@/lib/retention/testing/append-at'
import { newBareTrail } from '@/lib/retention/testing/bare-trail'
import { matchTrails } from './match-trails'
import { expectExact } from './testing/expect-exact'
import { putAccount, startMatching } from './testing/small-ledger'

const database = useTestDatabase()
const BUDGET = { budgetMs: 60_000 }

test('what only dropped and emptied events said is forgotten, and counters are of those that are left', async () => {
  const scope = await newBareTrail(database)
  const { tenantId } = scope
  const owner = database.owner()
  await putAccount(owner, tenantId, { login: 'gone', person: 'Gone' })
  await startMatching(owner, tenantId)
  const some = (login: string, count: number, type = 'access') =>
    Array.from({ length: count }, (_, i) => ({
      type,
      action: 'tried',
      actor: { login: i % 2 === 0 ? login : 'always' },
      targets: [{ name: `thing of ${login}` }],
    }))
  await appendDaysAgo(scope, 40, some('gone', 1300))
  await appendDaysAgo(scope, 5, some('emptied', 300, 'chat'))
  await appendDaysAgo(scope, 5, some('stays', 700))
  await matchTrails(BUDGET)
  await expectExact(owner, scope)
  await sealNow()
  await setRetention(
    scope,
    setRetentionSchema.parse({ days: 30, types: [{ type: 'chat', days: 2 }], reason: 'policy' }),
  )
  await sealNow()
  const counts = await retainTrails(BUDGET)
  expect(counts.dropped).toBe(1280)
  expect(counts.emptied).toBeGreaterThanOrEqual(300)
  await matchTrails(BUDGET)
  await expectExact(owner, scope, false)
  const names =
    await owner`select name from ledger_references where tenant_id = ${tenantId} and role = 'target'
    and name like 'thing of%'`
  expect(names.map(({ name }) => name)).toEqual(['thing of stays'])
  expect(await owner`select 1 from ledger_matches where tenant_id = ${tenantId}`).toHaveLength(0)
  const [state] =
    await owner`select first_seq::int as first from matching_state where tenant_id = ${tenantId}`
  expect(state?.first).toBe(1280)
}, 60_000)

test('of a name that stays, what says where it was goes with the events', async () => {
  const scope = await newBareTrail(database)
  const { tenantId } = scope
  const owner = database.owner()
  await startMatching(owner, tenantId)
  const some = (login: string, count: number) =>
    Array.from({ length: count }, () => ({ type: 'access', action: 'tried', actor: { login } }))
  // Both speak at the beginning of the span, and again long after it.
  await appendDaysAgo(scope, 30.5, [...some('early', 600), ...some('late', 800)])
  await appendDaysAgo(scope, 5, some('between', 33_000))
  await appendDaysAgo(scope, 5, [...some('early', 1), ...some('late', 1)])
  await matchTrails(BUDGET)
  await sealNow()
  await setRetention(scope, setRetentionSchema.parse({ days: 30, types: [], reason: 'policy' }))
  await sealNow()
  expect((await retainTrails(BUDGET)).dropped).toBe(1280)
  await matchTrails(BUDGET)
  await expectExact(owner, scope)
  const spans = await owner`
    select r.name, s.span from ledger_spans s join ledger_references r on r.tenant_id = s.tenant_id and r.id = s.reference_id
    where s.tenant_id = ${tenantId} and r.name in ('early', 'late') order by 1, 2`
  expect(spans.map(({ name, span }) => `${name} ${span}`)).toEqual(['early 1', 'late 0', 'late 1'])
}, 60_000)
