import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { eraseValues } from '@/lib/erasure/erase-values'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { type SaveEntity, saveEntitySchema } from '@/lib/ledger/entities/input'
import { removeEntity } from '@/lib/ledger/entities/remove'
import { saveEntity } from '@/lib/ledger/entities/save'
import { createPolicy } from '@/lib/ledger/policies/create'
import { makeDefault } from '@/lib/ledger/policies/make-default'
import { createRule } from '@/lib/ledger/rules/create'
import { createRuleSchema } from '@/lib/ledger/rules/input'
import { matchTenant } from './match-tenant'
import { lockMatchingState } from './matching-state'
import { appendEvents } from './testing/append-events'

const database = useTestDatabase()
const PERSON = 'Unmistakable Person'

let scope: TenantScope
beforeEach(async () => {
  scope = await newMemberScope()
})

const save = (given: object) => saveEntity(scope, saveEntitySchema.parse(given) as SaveEntity)
const match = () => matchTenant(scope, { budgetMs: 60_000 })

/** The tables that have the text in any row of the workspace, as text. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await database.owner()<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'tenant_id' order by 1`
  const found: string[] = []
  for (const { name } of tables) {
    const [row] = await database.owner()`
      select 1 from ${database.owner()(name)} t where tenant_id = ${scope.tenantId} and strpos(t::text, ${text}) > 0 limit 1`
    if (row) found.push(name)
  }
  return found
}

test('a removed person’s name is in no table: not of accounts that share a login, nor where a template shows an owner', async () => {
  const { id } = await save({ type: 'identity', key: 'p1', displayName: PERSON })
  for (const repository of ['NORTH', 'SOUTH'])
    await save({
      type: 'account',
      key: `${repository}\\shared`,
      attributes: { login: 'shared', sid: 'S-1-5-21-1-2-3-1000' },
      links: { identity: 'p1', repository },
    })
  await save({ type: 'asset', key: 'server', links: { owner: 'p1' } })
  const { id: ruleId } = await createRule(
    scope,
    createRuleSchema.parse({
      name: 'By login alone',
      entityType: 'account',
      definition: { comparisons: [{ kind: 'finds', attribute: 'login', by: 'exact', parameter: 1 }] },
    }),
  )
  const { id: assetRule } = await createRule(
    scope,
    createRuleSchema.parse({
      name: 'Asset by exact key',
      entityType: 'asset',
      definition: { comparisons: [{ kind: 'finds', attribute: 'key', by: 'exact', parameter: 1 }] },
    }),
  )
  const policy = await createPolicy(scope, {
    name: 'Mine',
    note: '',
    entries: [
      { logEntity: 'actor', ruleId, display: '{identity|display_name}' },
      { logEntity: 'asset', ruleId: assetRule, display: '{display_name} of {owner}' },
    ],
  })
  await makeDefault(scope, { id: policy.id })
  await appendEvents(scope, [{ login: 'shared', targets: [{ type: 'asset', name: 'server' }] }])
  await match()
  const matches =
    await database.owner()`select candidates from ledger_matches where tenant_id = ${scope.tenantId}`
  expect(matches.filter(({ candidates }) => candidates?.length === 2)).toHaveLength(1)
  expect(await tablesWith(PERSON)).toContain('ledger_matches')
  await removeEntity(scope, { id })
  await match()
  expect(await tablesWith(PERSON)).toEqual([])
})

test('a person who was shown before and is removed later leaves what was superseded meanwhile', async () => {
  const { id } = await save({ type: 'identity', key: 'p1', displayName: PERSON })
  const account = {
    type: 'account',
    key: 'a',
    attributes: { login: 'a' },
    links: { identity: 'p1', repository: 'R' },
  }
  await save(account)
  await save({
    type: 'account',
    key: 'b',
    attributes: { sid: 'S-1-5-21-1-2-3-4' },
    links: { identity: 'p1' },
  })
  await save({
    type: 'account',
    key: 'c',
    attributes: { sid: 'S-1-5-21-1-2-3-4' },
    links: { identity: 'p1' },
  })
  await appendEvents(scope, [{ login: 'S-1-5-21-1-2-3-4' }])
  await match()
  await save({ type: 'account', key: 'b', attributes: { sid: 'S-1-5-21-1-2-3-4' } })
  await save({ type: 'account', key: 'c', attributes: { sid: 'S-1-5-21-1-2-3-4' } })
  await match()
  expect(await tablesWith(PERSON)).toContain('ledger_matches')
  await removeEntity(scope, { id })
  const superseded = await database.owner()`
    select shown from ledger_matches where tenant_id = ${scope.tenantId} and until is not null`
  expect(superseded.map(({ shown }) => shown)).toEqual([null])
})

test('an erased value is in no table, with all that it was matched with', async () => {
  const login = `secret-${randomUUID()}`
  await save({ type: 'account', key: 'x', attributes: { login: 'x' } })
  await appendEvents(scope, [
    { login, targets: [{ type: 'group', name: `${login}’s group` }] },
    { login: 'x' },
  ])
  await match()
  expect(await tablesWith(login)).toContain('ledger_references')
  await sealNow()
  const [event] = await database.owner()`
    select id from events where tenant_id = ${scope.tenantId} and strpos(body, ${login}) > 0`
  await eraseValues(scope, {
    eventId: event?.id,
    pointers: ['/actor/login', '/targets'],
    reasonCode: 'data_subject_request',
    note: 'DSR 1',
  })
  await match()
  expect(await tablesWith(login)).toEqual([])
})

test('erasing and matching wait for each other, and never both at once', async () => {
  const { tenantId } = scope
  await save({ type: 'account', key: 'x', attributes: { login: 'x' } })
  await appendEvents(scope, [{ login: 'x' }])
  await match()
  await sealNow()
  const [event] = await database.owner()`
    select id from events where tenant_id = ${tenantId} and strpos(body, '"login":"x"') > 0`
  const pointers = ['/actor/login']
  let erasing: Promise<unknown> = Promise.resolve()
  // As matching does it that tells how it ended.
  await inTenant(scope, async (tx) => {
    await lockMatchingState(tx, tenantId)
    erasing = eraseValues(scope, { eventId: event?.id, pointers, reasonCode: 'other' })
    await vi.waitFor(async () => {
      const waiting = await database.owner()`select 1 from pg_locks where not granted`
      expect(waiting).toHaveLength(1)
    }, 10_000)
    await tx.execute(sql`select 1 from trail_heads where tenant_id = ${tenantId} for update nowait`)
  })
  expect(await erasing).toMatchObject({ state: 'done' })
})
