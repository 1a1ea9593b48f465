import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { newMemberScope } from '@/lib/auth/testing/people'
import { appendSamples } from '@/lib/integrity/scrub/testing/sealed-trail'
import { PublishedNotes } from '@/lib/integrity/testing/published-notes'
import { policyOf, sealNow } from '@/lib/integrity/testing/seal-now'
import { readHead } from '@/lib/trail/head'

const database = useTestDatabase()
const MINUTE = 60_000

test('whatever the clock of the machine does, the times in checkpoints never go back', async () => {
  const scope = await newMemberScope()
  const notes = new PublishedNotes(database, scope.tenantId)
  const startMs = Date.now()
  // Backwards by a second, an hour and a year, forwards again, and to and fro.
  const moves = [0, -1_000, -60 * MINUTE, 5 * MINUTE, -365 * 24 * 60 * MINUTE, 6 * MINUTE, 1, 6.5 * MINUTE]
  for (const moveMs of moves) {
    const next = await readHead(scope)
    await appendSamples(scope.tenantId, next, next + 100)
    await sealNow(() => startMs + moveMs)
    await notes.look()
  }
  const checkpoints = await notes.verify(await policyOf(scope))
  expect(checkpoints).toHaveLength(moves.length)
  const times = checkpoints.map(({ timeMs = 0 }) => timeMs)
  expect(times).toEqual([...times].sort((x, y) => x - y))
  const second = (ms: number) => Math.floor(ms / 1000) * 1000
  expect(times[2]).toBe(second(startMs))
  expect(times.at(-1)).toBe(second(startMs + 6.5 * MINUTE))
})
