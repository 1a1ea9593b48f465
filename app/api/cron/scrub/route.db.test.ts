import { expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { readScrubStatus } from '@/lib/integrity/scrub/scrub-status'
import { makeSealedTrail } from '@/lib/integrity/scrub/testing/sealed-trail'
import { GET, POST, PUT } from './route'

const database = useTestDatabase()

test('the cron route scrubs and answers with counts, for the caller with the secret only', async () => {
  const { scope } = await makeSealedTrail(database.owner(), 20, 10)
  const call = (authorization?: string) =>
    new Request('http://localhost/api/cron/scrub', {
      method: 'POST',
      headers: authorization ? { authorization } : {},
    })
  for (const authorization of [undefined, 'Bearer wrong', 'Bearer '])
    expect((await POST(call(authorization), undefined)).status).toBe(401)
  expect(await readScrubStatus(scope)).toMatchObject({ state: 'waiting', verifiedSeq: 0, sealedSize: 20 })
  const answer = await POST(call('Bearer only-for-tests-cron'), undefined)
  expect(answer.status).toBe(200)
  // The tenant's trail, the instance's, and the anchor log.
  expect(await answer.json()).toMatchObject({ visits: 3, passes: 3, failures: 0 })
  expect(await readScrubStatus(scope)).toMatchObject({ state: 'clean', verifiedSeq: 20 })
  const again = await GET(call('Bearer only-for-tests-cron'), undefined)
  expect(await again.json()).toEqual({ visits: 0, events: 0, passes: 0, failures: 0 })
  expect((await PUT(call('Bearer only-for-tests-cron'), undefined)).status).toBe(405)
  vi.stubEnv('CRON_SECRET', '')
  expect((await POST(call('Bearer '), undefined)).status).toBe(401)
})
