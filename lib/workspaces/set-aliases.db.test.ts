import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { setAliasesSchema } from './input'
import { readAliases } from './read-aliases'
import { readMandants } from './read-mandants'
import { setAliases } from './set-aliases'

const database = useTestDatabase()

test('files may call a workspace by its address and its aliases, and by nothing of another', async () => {
  const [ours, theirs] = [await newMemberScope(), await newMemberScope()]
  expect(await readMandants(ours)).toEqual(new Set([ours.tenantSlug]))
  await setAliases(ours, { aliases: ['theshire', 'ACME_Corp'] })
  expect(await readAliases(ours)).toEqual(['theshire', 'ACME_Corp'])
  expect(await readMandants(ours)).toEqual(new Set([ours.tenantSlug, 'theshire', 'ACME_Corp']))
  expect(await readMandants(theirs)).toEqual(new Set([theirs.tenantSlug]))
})

test('setting the same aliases twice is one event, with what they were before', async () => {
  const scope = await newMemberScope()
  await setAliases(scope, { aliases: ['one'] })
  await setAliases(scope, { aliases: ['one'] })
  await setAliases(scope, { aliases: [] })
  const rows = await database.owner()`
    select body from events where tenant_id = ${scope.tenantId} and code = 'WORKSPACE_ALIASES_SET' order by seq`
  expect(rows.map(({ body }) => JSON.parse(body))).toMatchObject([
    { oldValue: '[]', newValue: '["one"]' },
    { oldValue: '["one"]', newValue: '[]' },
  ])
})

test('only who may manage the workspace sets them', async () => {
  const scope = await newMemberScope()
  const reader: TenantScope = { ...scope, permissions: new Set(['collection:manage'] as const) }
  await expect(setAliases(reader, { aliases: ['x'] })).rejects.toMatchObject({ code: 'forbidden' })
})

test.each([
  [['']],
  [['  ']],
  [['{x}']],
  [['-x']],
  [['x\ny']],
  [Array.from({ length: 11 }, (_, i) => `name${i}`)],
])('%j is no list of aliases', (aliases) => {
  expect(setAliasesSchema.safeParse({ aliases }).success).toBe(false)
})

test('an alias that is given twice is kept once', () => {
  expect(setAliasesSchema.parse({ aliases: ['a b', 'a b ', 'AD-1'] })).toEqual({ aliases: ['a b', 'AD-1'] })
})
