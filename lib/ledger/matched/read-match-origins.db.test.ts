import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { newMemberScope } from '@/lib/auth/testing/people'
import { saveEntity } from '@/lib/ledger/entities/save'
import { matchTenant } from '@/lib/ledger/matching/match-tenant'
import { appendEvents } from '@/lib/ledger/matching/testing/append-events'
import { listEvents } from '@/lib/trail/list'
import { readMatchOrigins } from './read-match-origins'

useTestDatabase()

test('each matched name says by which policy and since when, at the time of its event, and only to its tenant', async () => {
  const scope = await newMemberScope()
  const before = Date.now()
  await saveEntity(scope, {
    type: 'identity',
    key: 'p',
    displayName: 'Pedro',
    attributes: { email: 'p@x.org' },
  })
  await appendEvents(scope, [
    {
      login: 'p@x.org',
      targets: [
        { type: 'group', name: 'nobody knows' },
        { type: 'identity', name: 'p' },
      ],
    },
  ])
  await matchTenant(scope, { budgetMs: 60_000 })
  const { events } = await listEvents(scope, { actor: { include: ['p@x.org'], exclude: [] } })
  const [event] = events
  if (!event) throw new Error('The event is not in the trail.')
  const { actor, targets } = await readMatchOrigins(scope, event)
  expect(actor?.policyName).toBe('Default')
  // The database's clock is another one.
  expect(actor?.matchedAt.getTime()).toBeGreaterThan(before - 60_000)
  expect(targets).toEqual([null, actor && { ...actor, matchedAt: expect.any(Date) }])
  expect(await readMatchOrigins(await newMemberScope(), event)).toEqual({
    actor: null,
    targets: [null, null],
  })
})
