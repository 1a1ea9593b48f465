import { expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { newMemberScope } from '@/lib/auth/testing/people'
import { appendEvents } from '@/lib/ledger/matching/testing/append-events'
import { putAccount, startMatching } from '@/lib/ledger/matching/testing/small-ledger'
import { GET, POST, PUT } from './route'

const database = useTestDatabase()

test('the cron route matches and answers with counts, for the caller with the secret only', async () => {
  const scope = await newMemberScope()
  await putAccount(database.owner(), scope.tenantId, { login: 'eva', person: 'Eva' })
  await appendEvents(scope, [{ login: 'eva' }])
  await startMatching(database.owner(), scope.tenantId)
  const call = (authorization?: string) =>
    new Request('http://localhost/api/cron/match', {
      method: 'POST',
      headers: authorization ? { authorization } : {},
    })
  for (const authorization of [undefined, 'Bearer wrong', 'Bearer '])
    expect((await POST(call(authorization), undefined)).status).toBe(401)
  const answer = await POST(call('Bearer only-for-tests-cron'), undefined)
  expect(answer.status).toBe(200)
  const [head] =
    await database.owner()`select next_seq::int as n from trail_heads where tenant_id = ${scope.tenantId}`
  expect(await answer.json()).toMatchObject({ events: head?.n, changed: 0, previews: 0 })
  const again = await GET(call('Bearer only-for-tests-cron'), undefined)
  expect(await again.json()).toEqual({ events: 0, references: 0, changed: 0, previews: 0 })
  expect((await PUT(call('Bearer only-for-tests-cron'), undefined)).status).toBe(405)
  vi.stubEnv('CRON_SECRET', '')
  expect((await POST(call('Bearer only-for-tests-cron'), undefined)).status).toBe(401)
})
