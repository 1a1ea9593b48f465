import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { addDestination, appendNumbered, messagesIn, numbered } from '@/lib/delivery/testing/deliveries'
import { type Receiver, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { startScheduler } from './scheduler'

const database = useTestDatabase()

let receiver: Receiver
let scope: TenantScope

beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  receiver = await startReceiver()
  scope = await newMemberScope()
})
afterEach(() => receiver.close())

test('a fresh event leaves within about a second, again and again, and nothing after the stop', async () => {
  await addDestination(scope, { url: receiver.url })
  const scheduler = startScheduler()
  for (let i = 0; i < 3; i++) {
    await appendNumbered(scope, 1, () => ({ message: `n${i}` }))
    const appended = performance.now()
    await vi.waitFor(() => expect(messagesIn(receiver.received)).toEqual(numbered(i + 1)), {
      timeout: 5_000,
      interval: 10,
    })
    expect(performance.now() - appended).toBeLessThan(2_000)
  }
  await scheduler.stop()
  await appendNumbered(scope, 1)
  await new Promise((resolve) => setTimeout(resolve, 800))
  expect(receiver.received).toHaveLength(3)
})

test('an outage of the database is logged and survived', async () => {
  await addDestination(scope, { url: receiver.url })
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  vi.stubEnv('DATABASE_URL', 'postgres://nobody@127.0.0.1:1/none')
  const scheduler = startScheduler()
  await vi.waitFor(() => expect(log).toHaveBeenCalled(), { timeout: 10_000 })
  vi.stubEnv('DATABASE_URL', database.url())
  log.mockRestore()
  await appendNumbered(scope, 1)
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1), { timeout: 10_000 })
  await scheduler.stop()
})

test('a log that has grown is anchored without anybody asking', async () => {
  await appendNumbered(scope, 1)
  const scheduler = startScheduler()
  const find = () => database.owner()`select * from log_anchors where tenant_id = ${scope.tenantId}`
  await vi.waitFor(async () => expect(await find()).toHaveLength(1), { timeout: 5_000 })
  await scheduler.stop()
})
