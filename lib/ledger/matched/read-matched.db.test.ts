import { beforeAll, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { readMatched } from './read-matched'
import { readMatchedEvents } from './read-matched-events'
import { fillMatches, madeEntity } from './testing/fill-matches'

const db = useTestDatabase()
const ORIGIN = 'silo:windows'
const account = madeEntity('account', 'THESHIRE\\wardog')
const newer = madeEntity('identity', 'new')
const walter = madeEntity('identity', 'wardog')

let scope: TenantScope
let other: TenantScope

const event = (seq: number, occurredAt: string, login: string, target?: string) => ({
  ...{ seq, occurredAt, origin: ORIGIN, actor: { login, repository: 'THESHIRE' } },
  ...(target && {
    targets: [
      { type: 'group', name: 'nobody knows' },
      { type: 'account', name: target },
    ],
  }),
})

beforeAll(async () => {
  scope = await newMemberScope()
  other = await newMemberScope()
  const july = Date.UTC(2026, 6, 1)
  await fillMatches(db.owner(), {
    ...{ tenantId: scope.tenantId, origin: ORIGIN, entities: [account, newer, walter] },
    events: [
      { type: 'a', action: 'b', ...event(0, '', 'wardog', 'wardog') },
      { type: 'a', action: 'b', ...event(1, '', 'several') },
    ],
    matchesOf: ({ name }) =>
      name === 'several'
        ? [{ from: null, to: null, entity: null }]
        : name === 'wardog'
          ? [
              { from: null, to: null, entity: newer, isOld: true },
              { from: null, to: july, entity: account, identity: walter },
            ]
          : [],
  })
})

test('each name is what it was when the event occurred, in the place of its target', async () => {
  const found = await readMatchedEvents(scope, [
    event(5, '2026-06-30T23:59:59.999Z', 'wardog', 'wardog'),
    event(6, '2026-07-01T00:00:00.000Z', 'wardog', 'wardog'),
    event(7, '2026-01-01T00:00:00.000Z', 'nobody'),
    event(8, '2026-01-01T00:00:00.000Z', 'several'),
  ])
  expect([...found.keys()]).toEqual([5, 8])
  expect(found.get(5)).toMatchObject({
    actor: { key: 'THESHIRE\\wardog', identity: { key: 'wardog' }, rule: { name: 'made' } },
    targets: [null, { key: 'THESHIRE\\wardog' }],
  })
  expect(found.get(8)?.actor).toMatchObject({ candidates: [] })
  expect(found.get(8)?.actor).not.toHaveProperty('id')
})

test('a generation is read as it was, also from bodies', async () => {
  const { seq, occurredAt, origin, actor } = event(5, '2026-06-01T00:00:00.000Z', 'wardog')
  const text = [{ seq, occurredAt, origin, body: JSON.stringify({ actor }) }]
  const read = (generation?: number) =>
    inTenant(
      scope,
      async (tx) => (await readMatched(tx, scope.tenantId, text, generation)).get(5)?.actor?.key,
    )
  expect(await read(1)).toBe('new')
  expect(await read(2)).toBe('THESHIRE\\wardog')
  expect(await read()).toBe('THESHIRE\\wardog')
  expect(await read(0)).toBeUndefined()
})

test('an entity that was removed shows nothing any more, and other tenants and sources have nothing of it', async () => {
  const some = [event(5, '2026-06-01T00:00:00.000Z', 'wardog')]
  expect((await readMatchedEvents(other, some)).size).toBe(0)
  expect((await readMatchedEvents(scope, [{ ...some[0], origin: 'token:x' } as (typeof some)[0]])).size).toBe(
    0,
  )
  await db.owner()`update ledger_matches set shown = null where tenant_id = ${scope.tenantId}`
  expect((await readMatchedEvents(scope, some)).size).toBe(0)
})
