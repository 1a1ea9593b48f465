import { expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { tamperWith } from '@/lib/integrity/testing/tamper'
import { claimTrail } from './claim-trail'
import { runScrub } from './run-scrub'
import { readScrubStatus } from './scrub-status'
import { settleVisit } from './settle-visit'
import { appendSamples, makeSealedTrail } from './testing/sealed-trail'
import { visitTrail } from './visit-trail'

const database = useTestDatabase()

test('a pass goes on where a process ended, and several at once raise one alarm and skip nothing', async () => {
  const { scope, tenantId } = await makeSealedTrail(database.owner(), 600)
  await appendSamples(tenantId, 600, 8_600)
  await sealNow()
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await tamperWith(
    database,
    `update events set message = 'x' where tenant_id = '${tenantId}' and seq in (5, 8000)`,
  )
  // The first visit of a process that is gone before the second.
  const stop = new AbortController()
  await runScrub({ budgetMs: 1, share: 1, signal: stop.signal })
  const all = await Promise.all([1, 2, 3].map(() => runScrub({ budgetMs: 60_000, share: 1 })))
  expect(all.every(({ events }) => events >= 0)).toBe(true)
  const status = await readScrubStatus(scope)
  expect(status).toMatchObject({ state: 'failing', lastPass: { events: 8_600 }, failureCount: 2 })
  const alarms = await database.owner()`
    select body from events where tenant_id = ${tenantId} and code = 'TRAIL_TAMPERED' order by seq`
  const named = alarms.flatMap(({ body }) => JSON.parse(body).data.failures)
  expect(named).toMatchObject([
    { reason: 'columns_altered', place: { seq: 5 } },
    { reason: 'columns_altered', place: { seq: 8000 } },
  ])
})

test('who took so long that another has taken the trail over writes nothing', async () => {
  const { tenantId, scope } = await makeSealedTrail(database.owner(), 300)
  await runScrub({ budgetMs: 60_000, share: 1 })
  const slow = await claimTrail(tenantId)
  if (!slow) throw new Error('nobody else has the trail')
  expect(await claimTrail(tenantId)).toBeUndefined()
  await database.owner()`update log_scrubs set leased_until = now() - interval '1 s' where tenant_id = ${tenantId}`
  const quick = await claimTrail(tenantId)
  if (!quick) throw new Error('the lease has ended')
  const before = await readScrubStatus(scope)
  expect(await settleVisit(slow, await visitTrail(slow))).toBeUndefined()
  expect(await readScrubStatus(scope)).toEqual(before)
  expect(await settleVisit(quick, await visitTrail(quick))).toMatchObject({ isFinished: true })
})
