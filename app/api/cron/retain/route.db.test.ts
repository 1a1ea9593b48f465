import { expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { eraseActor } from '@/lib/erasure/erase-actor'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { setRetentionSchema } from '@/lib/retention/input'
import { setRetention } from '@/lib/retention/set'
import { appendDaysAgo } from '@/lib/retention/testing/append-at'
import { newBareTrail } from '@/lib/retention/testing/bare-trail'
import { GET, POST, PUT } from './route'

const database = useTestDatabase()

test('the cron route erases, drops and answers with counts, for the caller with the secret only', async () => {
  const scope = await newBareTrail(database)
  const old = Array.from({ length: 300 }, () => ({ type: 'test', action: 'tried', actor: { login: 'ada' } }))
  await appendDaysAgo(scope, 40, old)
  await sealNow()
  await setRetention(scope, setRetentionSchema.parse({ days: 30, reason: 'policy' }))
  await eraseActor(scope, { actor: ['ada'], mentions: true, reasonCode: 'other' })
  await sealNow()
  const call = (authorization?: string) =>
    new Request('http://localhost/api/cron/retain', {
      method: 'POST',
      headers: authorization ? { authorization } : {},
    })
  for (const authorization of [undefined, 'Bearer wrong', 'Bearer '])
    expect((await POST(call(authorization), undefined)).status).toBe(401)
  const answer = await POST(call('Bearer only-for-tests-cron'), undefined)
  expect(answer.status).toBe(200)
  // Two chunks of erasing and its end; the tile that is not whole is emptied.
  expect(await answer.json()).toEqual({ chunks: 3, trails: 1, dropped: 256, emptied: 44 })
  const again = await GET(call('Bearer only-for-tests-cron'), undefined)
  expect(await again.json()).toEqual({ chunks: 0, trails: 0, dropped: 0, emptied: 0 })
  expect((await PUT(call('Bearer only-for-tests-cron'), undefined)).status).toBe(405)
  vi.stubEnv('CRON_SECRET', '')
  expect((await POST(call('Bearer only-for-tests-cron'), undefined)).status).toBe(401)
})
