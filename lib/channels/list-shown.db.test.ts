import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { parseInput } from '@/lib/errors/parse-input'
import { createDestination } from '@/lib/forwarding/create'
import { INPUT_SCHEMAS } from '@/lib/forwarding/input'
import { claimNotification } from '@/lib/notifications/claim-notification'
import { ringBells } from '@/lib/notifications/ring-bells'
import { joinWorkspace } from '@/lib/notifications/testing/bells'
import { listShown } from './list-shown'

const database = useTestDatabase()
let ada: TenantScope

beforeEach(async () => {
  ada = await newMemberScope()
})

const addChannel = () => createDestination(ada, parseInput(INPUT_SCHEMAS.channel.create, { kind: 'desktop' }))
const ring = (destinationId: string, key: string) =>
  ringBells({
    tenantId: ada.tenantId,
    idempotencyKey: key,
    roles: ['owner', 'auditor'],
    destinationId,
    told: { events: 1, levels: { info: 1 }, firstSeq: 0, lastSeq: 0, listed: [0] },
  })

test('says of each notification of the channel whom it popped up for, and of no other channel’s', async () => {
  const [one, other] = [await addChannel(), await addChannel()]
  const { number } = await ring(one.id, 'a')
  await ring(other.id, 'b')
  const eve = await joinWorkspace(database.owner(), ada, 'auditor')
  await claimNotification(eve, { number }, 'Firefox on Linux')
  const { shown, next } = await listShown(ada, one.id)
  expect(next).toBeNull()
  expect(shown).toMatchObject([
    { number, events: 1, people: 1, receipts: [{ login: eve.principal.login, browser: 'Firefox on Linux' }] },
  ])
})

test('goes on where a page ends, and misses none', async () => {
  const { id } = await addChannel()
  for (const key of ['a', 'b', 'c']) await ring(id, key)
  const first = await listShown(ada, id, { limit: 2 })
  const second = await listShown(ada, id, { limit: 2, cursor: first.next ?? '' })
  expect([...first.shown, ...second.shown].map(({ number }) => number)).toEqual([3, 2, 1])
  expect(second.next).toBeNull()
})
