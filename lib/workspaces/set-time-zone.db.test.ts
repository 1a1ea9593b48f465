import { expect, test } from 'vitest'
import type { TenantScope } from '@/lib/access/scope'
import { addChannel } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { getDestination } from '@/lib/forwarding/get'
import { readTimeZone } from './read-time-zone'
import { setTimeZone } from './set-time-zone'

const given = useDeliveries()

const dueAtOf = async (id: string) => {
  const [row] = await given.rows('delivery_streams', id)
  return new Date(String(row?.due_at))
}
const daily = (at: string) => addChannel(given.scope, { kind: 'desktop', everySeconds: 86_400, at })

test('a zone is set once, with its change in the trail, as the database writes it', async () => {
  expect(await readTimeZone(given.scope)).toBe('UTC')
  await setTimeZone(given.scope, { timeZone: 'europe/berlin' })
  await setTimeZone(given.scope, { timeZone: 'Europe/Berlin' })
  expect(await readTimeZone(given.scope)).toBe('Europe/Berlin')
  const rows = await given.owner()`select body from events
    where tenant_id = ${given.scope.tenantId} and code = 'WORKSPACE_TIME_ZONE_SET'`
  expect(rows.map(({ body }) => JSON.parse(body))).toMatchObject([
    {
      oldValue: 'UTC',
      newValue: 'Europe/Berlin',
      targets: [{ type: 'workspace', id: given.scope.tenantId }],
    },
  ])
})

test('daily messages come by the new clock at once, but not those that wait for another try, nor hourly ones', async () => {
  const [id, failing] = [await daily('08:00'), await daily('08:00')]
  const hourly = await addChannel(given.scope, { kind: 'desktop', everySeconds: 3_600 })
  await given.owner()`update delivery_streams set consecutive_failures = 1 where destination_id = ${failing}`
  const before = { failing: await dueAtOf(failing), hourly: await dueAtOf(hourly) }
  // Without a change of clocks in summer: eight in the morning is half past two of UTC.
  await setTimeZone(given.scope, { timeZone: 'Asia/Kolkata' })
  const dueAt = await dueAtOf(id)
  expect(dueAt.toISOString()).toMatch(/T02:30:00\.000Z$/)
  expect(dueAt.getTime()).toBeGreaterThan(Date.now())
  expect((await getDestination(given.scope, id)).nextSyncAt).toEqual(dueAt)
  expect({ failing: await dueAtOf(failing), hourly: await dueAtOf(hourly) }).toEqual(before)
})

test('a zone that the database does not know is refused by its field', async () => {
  await expect(setTimeZone(given.scope, { timeZone: 'Europe/Atlantis' })).rejects.toMatchObject({
    code: 'invalid',
    details: { violations: [{ pointer: '/timeZone' }] },
  })
  expect(await readTimeZone(given.scope)).toBe('UTC')
})

test('only who may manage the workspace sets it', async () => {
  const reader: TenantScope = { ...given.scope, permissions: new Set(['destinations:manage'] as const) }
  await expect(setTimeZone(reader, { timeZone: 'Europe/Berlin' })).rejects.toMatchObject({
    code: 'forbidden',
  })
})
