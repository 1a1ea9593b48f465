import { afterEach, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { listEvents } from '@/lib/trail/list'
import { newTokenClient } from '@/lib/trail/testing/token-client'
import { noteRead, recordOpenReads } from './note-read'

const database = useTestDatabase()
afterEach(() => {
  vi.restoreAllMocks()
})

const tokenScope = (secret: string) => scopeForToken(new Headers({ authorization: `Bearer ${secret}` }))
const readsIn = async (scope: TenantScope) => {
  const filter = { code: { include: ['TRAIL_READ'], exclude: [] } }
  return (await listEvents(scope, filter, { order: 'asc' })).events
}

test('the first read is an event at once, and the others of its ten minutes are counted in one', async () => {
  const timers = vi.spyOn(globalThis, 'setTimeout')
  const { scope, secret } = await newTokenClient()
  const token = await tokenScope(secret)
  await Promise.all(Array.from({ length: 20 }, () => noteRead(token, 'list')))
  await noteRead(token, 'facets')
  expect(await readsIn(scope)).toMatchObject([{ count: 1, actor: { login: 'test', type: 'token' } }])
  const [end] = timers.mock.calls.find(([, afterMs]) => afterMs === 10 * 60_000) ?? []
  end?.()
  await expect.poll(() => readsIn(scope)).toHaveLength(2)
  const [, counted] = await readsIn(scope)
  expect(counted).toMatchObject({
    count: 20,
    message: 'test read the trail 20 times',
    data: { reads: { list: 19, facets: 1 } },
  })
  await noteRead(token, 'list')
  expect(await readsIn(scope)).toHaveLength(3)
})

test('a stop counts what is open, and a window without further reads says nothing more', async () => {
  const busy = await newTokenClient()
  const calm = await newTokenClient()
  for (const { secret } of [busy, calm, busy, busy]) await noteRead(await tokenScope(secret), 'event')
  await recordOpenReads()
  expect((await readsIn(busy.scope)).map(({ count }) => count)).toEqual([1, 2])
  expect((await readsIn(calm.scope)).map(({ count }) => count)).toEqual([1])
})

test('a read that cannot be recorded fails, and the next one is a first again', async () => {
  const { scope, secret } = await newTokenClient()
  const token = await tokenScope(secret)
  vi.stubEnv('DATABASE_URL', 'postgres://nobody@127.0.0.1:1/none')
  await expect(noteRead(token, 'list')).rejects.toThrow()
  vi.stubEnv('DATABASE_URL', database.url())
  await noteRead(token, 'list')
  expect(await readsIn(scope)).toHaveLength(1)
})

test('members read their trail unrecorded', async () => {
  const { scope } = await newTokenClient()
  await noteRead(scope, 'list')
  expect(await readsIn(scope)).toEqual([])
})
