import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { eraseActor } from '@/lib/erasure/erase-actor'
import { eraseValues } from '@/lib/erasure/erase-values'
import { workErasures } from '@/lib/erasure/work-erasures'
import { scrubTrail } from '@/lib/integrity/scrub/run-scrub'
import { readScrubStatus } from '@/lib/integrity/scrub/scrub-status'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { setRetentionSchema } from './input'
import { retainTrails } from './retain-trails'
import { setRetention } from './set'
import { appendDaysAgo } from './testing/append-at'
import { newBareTrail } from './testing/bare-trail'

const database = useTestDatabase()
const DAY_MS = 86_400_000
const BUDGET = { budgetMs: 60_000 }

test('a trail that lost values by demand and by time has nothing that the scrubber would call tampering', async () => {
  const scope = await newBareTrail(database)
  const event = (i: number) => ({
    type: i % 3 === 0 ? 'chat' : 'access',
    action: 'tried',
    level: 'error' as const,
    actor: { login: `user${i % 7}`, ip: '203.0.113.9' },
    targets: [{ name: `thing${i % 5}` }],
    message: `number ${i}`,
  })
  const seqs = await appendDaysAgo(
    scope,
    2,
    Array.from({ length: 700 }, (_, i) => event(i)),
  )
  // Then, too, or the scrubber would rightly say that they were dated back.
  await sealNow(() => Date.now() - 2 * DAY_MS + 1000)
  await eraseValues(scope, {
    seqs: seqs.slice(600, 640),
    pointers: ['/level', '/occurredAt', '/actor/ip', '/targets'],
    reasonCode: 'other',
  })
  await eraseValues(scope, { seqs: seqs.slice(650, 655), pointers: [''], reasonCode: 'other' })
  await eraseActor(scope, { actor: ['user3'], mentions: true, reasonCode: 'other' })
  await sealNow()
  await workErasures(BUDGET)
  await setRetention(
    scope,
    setRetentionSchema.parse({ types: [{ type: 'chat', days: 1 }], reason: 'policy' }),
  )
  await sealNow()
  expect((await retainTrails(BUDGET)).emptied).toBeGreaterThan(100)
  await sealNow()
  await scrubTrail(scope)
  const status = await readScrubStatus(scope)
  expect(status.failures).toEqual([])
  expect(status.verifiedSeq).toBeGreaterThanOrEqual(700)
})
