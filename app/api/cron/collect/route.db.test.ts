import { expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { newMemberScope } from '@/lib/auth/testing/people'
import { requestRun } from '@/lib/collection/runs/request'
import { handOver, makeWindowsSilo, windowsCsv } from '@/lib/collection/runs/testing/windows-silo'
import { GET, POST, PUT } from './route'

useTestDatabase()

test('the cron route collects and answers with counts, for the caller with the secret only', async () => {
  const scope = await newMemberScope()
  const { silo } = await makeWindowsSilo(scope)
  const few = windowsCsv().split('\n').slice(0, 101).join('\n')
  await handOver(scope, silo, 'few.csv', few)
  await requestRun(scope, { silo, kind: 'files' })
  const call = (authorization?: string) =>
    new Request('http://localhost/api/cron/collect', {
      method: 'POST',
      headers: authorization ? { authorization } : {},
    })
  for (const authorization of [undefined, 'Bearer wrong', 'Bearer '])
    expect((await POST(call(authorization), undefined)).status).toBe(401)
  const nothing = {
    plans: 0,
    quiet: 0,
    runs: 0,
    duplicates: 0,
    filtered: 0,
    rejected: 0,
    forgotten: 0,
    dropped: 0,
  }
  const answer = await POST(call('Bearer only-for-tests-cron'), undefined)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({ ...nothing, runs: 1, rows: 100, collected: 100 })
  const again = await GET(call('Bearer only-for-tests-cron'), undefined)
  expect(await again.json()).toEqual({ ...nothing, rows: 0, collected: 0 })
  expect((await PUT(call('Bearer only-for-tests-cron'), undefined)).status).toBe(405)
  vi.stubEnv('CRON_SECRET', '')
  expect((await POST(call('Bearer only-for-tests-cron'), undefined)).status).toBe(401)
})
