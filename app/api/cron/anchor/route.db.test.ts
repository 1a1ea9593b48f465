import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { newMemberScope } from '@/lib/auth/testing/people'
import { appendNumbered } from '@/lib/delivery/testing/deliveries'
import { POST } from './route'

useTestDatabase()

test('the cron route anchors and answers with counts, for the caller with the secret only', async () => {
  await appendNumbered(await newMemberScope(), 4)
  const call = (authorization?: string) =>
    new Request('http://localhost/api/cron/anchor', {
      method: 'POST',
      headers: authorization ? { authorization } : {},
    })
  for (const authorization of [undefined, 'Bearer wrong'])
    expect((await POST(call(authorization), undefined)).status).toBe(401)
  const answer = await POST(call('Bearer only-for-tests-cron'), undefined)
  expect(await answer.json()).toEqual({ entries: 1, anchored: 0, failed: 0 })
  const again = await POST(call('Bearer only-for-tests-cron'), undefined)
  expect(await again.json()).toEqual({ entries: 0, anchored: 0, failed: 0 })
})
