import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { runScrub, scrubTrail } from './run-scrub'
import { readScrubStatus } from './scrub-status'
import { appendSamples, makeSealedTrail } from './testing/sealed-trail'

const database = useTestDatabase()

test.each([1, 2, 255, 256, 257, 511, 512, 513, 600].map((more) => [more + 5]))(
  'a trail of %i events that nobody touched is clean, to its last event',
  async (size) => {
    const { scope } = await makeSealedTrail(database.owner(), size, 5)
    expect(await scrubTrail(scope)).toMatchObject({ passes: 1, failures: 0, events: size })
    expect(await readScrubStatus(scope)).toMatchObject({
      state: 'clean',
      verifiedSeq: size,
      sealedSize: size,
      failures: [],
      failureCount: 0,
    })
  },
)

test('every trail has its turn, and a large one does not keep the others waiting', async () => {
  const owner = database.owner()
  const large = await makeSealedTrail(owner, 300)
  await appendSamples(large.tenantId, 300, 12_300)
  await sealNow()
  const small = await makeSealedTrail(owner, 300, 30)
  const counts = await runScrub({ budgetMs: 60_000, share: 1 })
  expect(counts).toMatchObject({ failures: 0 })
  for (const { scope } of [large, small])
    expect(await readScrubStatus(scope)).toMatchObject({ state: 'clean' })
  const status = await readScrubStatus(large.scope)
  expect(status.verifiedSeq).toBe(12_300)
  expect(status.eventsPerSecond).toBeGreaterThan(0)
  expect(await runScrub({ budgetMs: 60_000, share: 1 })).toMatchObject({ visits: 0 })
})
