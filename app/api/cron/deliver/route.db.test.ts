import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { addDestination, appendNumbered, messagesIn, numbered } from '@/lib/delivery/testing/deliveries'
import { type Receiver, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { GET, POST, PUT } from './route'

useTestDatabase()

let receiver: Receiver
let scope: TenantScope

beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  receiver = await startReceiver()
  scope = await newMemberScope()
})
afterEach(() => receiver.close())

test('the cron route delivers and answers with counts, for the caller with the secret only', async () => {
  await addDestination(scope, { url: receiver.url })
  await appendNumbered(scope, 4)
  const call = (authorization?: string) =>
    new Request('http://localhost/api/cron/deliver', {
      method: 'POST',
      headers: authorization ? { authorization } : {},
    })
  for (const authorization of [undefined, 'Bearer wrong', 'Bearer '])
    expect((await POST(call(authorization), undefined)).status).toBe(401)
  expect(receiver.received).toHaveLength(0)
  const answer = await POST(call('Bearer only-for-tests-cron'), undefined)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({
    ...{ tenants: 1, streams: 1, batches: 1, events: 4, failed: 0 },
    ...{ warned: 0, disabled: 0, recovered: 0, pruned: 0, purged: 0 },
    ...{ rolled: 0, unsealed: 0, mailed: 0 },
    ...{ digests: 0, failedDigests: 0 },
  })
  expect(messagesIn(receiver.received)).toEqual(numbered(4))
  const again = await GET(call('Bearer only-for-tests-cron'), undefined)
  expect(await again.json()).toMatchObject({ streams: 0, events: 0 })
  expect((await PUT(call('Bearer only-for-tests-cron'), undefined)).status).toBe(405)
  vi.stubEnv('CRON_SECRET', '')
  expect((await POST(call('Bearer only-for-tests-cron'), undefined)).status).toBe(401)
  expect((await POST(call('Bearer '), undefined)).status).toBe(401)
})
