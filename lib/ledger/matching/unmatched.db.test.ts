import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { listUnmatched } from './list-unmatched'
import { matchTrails } from './match-trails'
import { appendEvents } from './testing/append-events'
import { putAccount, putEntity, startMatching } from './testing/small-ledger'

const database = useTestDatabase()
const BUDGET = { budgetMs: 60_000 }
let scope: TenantScope

beforeEach(async () => {
  scope = await newMemberScope()
  await startMatching(database.owner(), scope.tenantId)
})

test('names that the ledger lacks are listed once each, over all sources, those of most events first', async () => {
  await putAccount(database.owner(), scope.tenantId, { login: 'known', person: 'Known' })
  const times = (n: number, login: string, origin?: string) =>
    Array.from({ length: n }, () => ({ login, ...(origin && { origin }) }))
  await appendEvents(scope, [
    ...times(3, 'often'),
    ...times(4, 'often', 'silo:windows'),
    ...times(5, 'sometimes'),
    ...times(9, 'known'),
    { login: 'once', targets: [{ type: 'group', name: 'Sales' }] },
    { login: 'person@example.com', targets: [{ type: 'token', name: 'of Spoor' }], origin: 'console' },
    { login: 'of Spoor', origin: 'system' },
  ])
  await matchTrails(BUDGET)
  const names = async (input: Parameters<typeof listUnmatched>[1]) =>
    (await listUnmatched(scope, input)).names.map(({ name, events }) => [name, events])
  expect((await names({ role: 'actor' })).slice(0, 2)).toEqual([
    ['often', 7],
    ['sometimes', 5],
  ])
  expect(await names({ q: 'OFTE' })).toEqual([['often', 7]])
  expect(await names({ role: 'target', type: 'group' })).toEqual([['Sales', 1]])
  expect(await names({ q: 'person@' })).toEqual([['person@example.com', 1]])
  expect(await names({ q: 'of Spoor' })).toEqual([])
  const [often] = (await listUnmatched(scope, { q: 'often' })).names
  expect(often).toMatchObject({ role: 'actor', origins: ['silo:windows', 'token:test'], refId: null })
  const [last] = await database.owner()`select occurred_at as at from events
    where tenant_id = ${scope.tenantId} and seq = ${often?.lastSeq as number}`
  expect(often?.lastAt).toEqual(last?.at)
  const all = await names({ limit: 200 })
  const paged = []
  for (let after: string | null | undefined; after !== null; ) {
    const page = await listUnmatched(scope, { limit: 1, ...(after && { after }) })
    paged.push(...page.names.map(({ name, events }) => [name, events]))
    after = page.next
  }
  expect(paged).toEqual(all)
  await expect(listUnmatched(scope, { after: 'x' })).rejects.toMatchObject({ code: 'invalid' })
  expect((await listUnmatched(await newMemberScope())).names).toEqual([])
})

test('an ambiguous name is listed with all that fits it', async () => {
  for (const key of ['one', 'two'])
    await putEntity(database.owner(), scope.tenantId, {
      type: 'account',
      key,
      attributes: { login: 'shared' },
    })
  await appendEvents(scope, [{ login: 'shared' }])
  await matchTrails(BUDGET)
  const { names } = await listUnmatched(scope, { state: 'ambiguous' })
  expect(names).toMatchObject([{ name: 'shared', candidates: [{ key: 'one' }, { key: 'two' }] }])
})
