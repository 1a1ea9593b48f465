import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { seededRandom } from '@/lib/delivery/testing/chaos/seeded-random'
import { eraseActor } from '@/lib/erasure/erase-actor'
import { eraseValues } from '@/lib/erasure/erase-values'
import { workErasures } from '@/lib/erasure/work-erasures'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { matchTenant } from './match-tenant'
import { matchTrails } from './match-trails'
import { appendEvents, type SmallEvent } from './testing/append-events'
import { expectExact } from './testing/expect-exact'
import { putAccount, startMatching, wantRematch } from './testing/small-ledger'

const database = useTestDatabase()
const BUDGET = { budgetMs: 60_000 }
const SEED = 20_261_122
const ROUNDS = 12

test('whatever comes, is changed or erased in whatever order: mentions, counters and matches are those of a naive count', async () => {
  const scope = await newMemberScope()
  const { tenantId } = scope
  const owner = database.owner()
  const random = seededRandom(SEED)
  const pick = (n: number) => Math.floor(random() * n)
  const event = (): SmallEvent => ({
    ...(pick(5) > 0 && { login: `user${pick(30)}` }),
    targets: Array.from({ length: pick(4) }, () => ({
      ...(pick(3) > 0 && { type: pick(2) ? 'group' : 'thing' }),
      ...(pick(4) > 0 && { name: `name${pick(20)}` }),
      ...(pick(3) === 0 && { id: `id${pick(9)}` }),
    })),
    ...(pick(3) === 0 && { origin: 'silo:one' }),
  })
  const steps: ((round: number) => Promise<unknown>)[] = [
    async () => {
      const login = `user${pick(30)}`
      await owner`delete from ledger_entities where tenant_id = ${tenantId} and key = ${login}`
      await wantRematch(owner, tenantId)
    },
    async (round) => {
      const year = 2020 + pick(8)
      await putAccount(owner, tenantId, {
        login: `user${pick(30)}`,
        person: `Person ${round}`,
        ...(pick(2) === 0 && {
          validFrom: `${year}-01-01T00:00:00Z`,
          validTo: `${year + 1}-01-01T00:00:00Z`,
        }),
      })
      await wantRematch(owner, tenantId)
    },
    () => matchTenant(scope, { budgetMs: 1 }),
    async () => {
      await sealNow()
      const [size] = await owner`select size::int as size from log_heads where tenant_id = ${tenantId}`
      const seqs = [...new Set(Array.from({ length: 20 }, () => pick(size?.size)))]
      const pointers = [['/actor/login'], ['/targets'], ['/targets/0/name'], ['']][pick(4)] as string[]
      await eraseValues(scope, { seqs, pointers, reasonCode: 'other' }).catch((error) => {
        // Not each of these events has such a value.
        expect(error).toMatchObject({ code: expect.stringMatching(/invalid|conflict|not_found/) })
      })
    },
  ]
  for (let round = 0; round < ROUNDS; round++) {
    await appendEvents(scope, Array.from({ length: 1 + pick(400) }, event))
    if (round === 1) await startMatching(owner, tenantId)
    if (round > 1) await steps[pick(steps.length)]?.(round)
    if (pick(2) === 0) await matchTrails(BUDGET)
  }
  await matchTrails(BUDGET)
  await expectExact(owner, scope, false)
}, 120_000)

/** Rows of all tables of the ledger and of matching in which a text stands. */
async function findText(scope: TenantScope, text: string): Promise<string[]> {
  const owner = database.owner()
  const tables =
    await owner`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
    and (relname like 'ledger_%' or relname like 'matching_%')`
  const found = []
  for (const { relname } of tables) {
    const [row] = await owner`select count(*)::int as n from ${owner(relname)} t
      where tenant_id = ${scope.tenantId} and strpos(t::text, ${text}) > 0`
    if (row?.n > 0) found.push(relname)
  }
  return found
}

test('what was erased from events stands in no table of ours, and what is left of them is matched anew', async () => {
  const scope = await newMemberScope()
  const owner = database.owner()
  await putAccount(owner, scope.tenantId, { login: 'known', person: 'Known' })
  await startMatching(owner, scope.tenantId)
  await appendEvents(scope, [
    { login: 'secret-login', id: 'x1', targets: [{ type: 'group', name: 'secret-login' }] },
    { login: 'known', targets: [{ name: 'secret-login' }] },
  ])
  await matchTrails(BUDGET)
  expect(await findText(scope, 'secret-login')).toEqual(['ledger_references'])
  await sealNow()
  const [first] = await owner`select seq::int as seq from events
    where tenant_id = ${scope.tenantId} and actor_login = 'secret-login'`
  await eraseValues(scope, { seqs: [first?.seq], pointers: ['/actor/login'], reasonCode: 'other' })
  const left = await owner`select name, ref_id as id, state from ledger_references
    where tenant_id = ${scope.tenantId} and (ref_id = 'x1' or name = 'known') order by ref_id`
  expect(left).toMatchObject([
    { name: null, id: 'x1', state: 'unmatched' },
    { name: 'known', id: null, state: 'matched' },
  ])
  await sealNow()
  await eraseActor(scope, { actor: ['secret-login'], mentions: true, reasonCode: 'other' })
  await sealNow()
  await workErasures(BUDGET)
  expect(await findText(scope, 'secret-login')).toEqual([])
  await expectExact(owner, scope, false)
  await matchTrails(BUDGET)
  await expectExact(owner, scope, false)
}, 60_000)
