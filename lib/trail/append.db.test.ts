import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { acceptEvent } from '@/lib/event/accept-event'
import { leafHash } from '@/lib/integrity/leaf'
import { append } from './append'
import { type TrailOwner, toEventRow } from './event-row'

const database = useTestDatabase()

async function newTenant(): Promise<TrailOwner> {
  const owner = { tenantId: randomUUID(), idKey: Buffer.alloc(32, 9) }
  await database.owner()`insert into tenants (id, slug, name, id_key)
    values (${owner.tenantId}, ${`t-${owner.tenantId}`}, 'Tenant', ${owner.idKey})`
  await database.owner()`insert into trail_heads (tenant_id) values (${owner.tenantId})`
  return owner
}

function row(owner: TrailOwner, more: Record<string, unknown> = {}) {
  const receivedAt = new Date().toISOString()
  const acceptance = acceptEvent({ type: 'test', action: 'tried', ...more }, receivedAt)
  if (!('accepted' in acceptance)) throw new Error(JSON.stringify(acceptance))
  return toEventRow(owner, acceptance.accepted, 'system', receivedAt)
}

const keyed = (owner: TrailOwner, ref: number) =>
  row(owner, { dataSource: 'origin', externalRef: String(ref) })

const seqsOf = async (owner: TrailOwner) =>
  (await database.owner()`select seq from events where tenant_id = ${owner.tenantId} order by seq`).map(
    ({ seq }) => Number(seq),
  )

test('events are numbered from 0 in the order in which a call gave them', async () => {
  const owner = await newTenant()
  const first = await append([row(owner), row(owner), row(owner)])
  const second = await append([row(owner)])
  expect([...first, ...second].map(({ seq, duplicate }) => [seq, duplicate])).toEqual([
    [0, false],
    [1, false],
    [2, false],
    [3, false],
  ])
})

test('an identity counts once for ever: in one call, in later calls, between other events', async () => {
  const owner = await newTenant()
  const first = await append([keyed(owner, 1), keyed(owner, 2), keyed(owner, 1)])
  expect(first.map(({ seq, duplicate }) => [seq, duplicate])).toEqual([
    [0, false],
    [1, false],
    [0, true],
  ])
  const second = await append([keyed(owner, 2), row(owner), keyed(owner, 3)])
  expect(second.map(({ seq, duplicate }) => [seq, duplicate])).toEqual([
    [1, true],
    [2, false],
    [3, false],
  ])
})

test('the same identity in another tenant is another event', async () => {
  const [one, other] = [await newTenant(), await newTenant()]
  const results = await append([keyed(one, 1), keyed(other, 1)])
  expect(results.map(({ seq, duplicate }) => [seq, duplicate])).toEqual([
    [0, false],
    [0, false],
  ])
})

test('five hundred racing calls with repeated identities leave no gap and no double', async () => {
  const owners = [await newTenant(), await newTenant(), await newTenant()]
  const calls = Array.from({ length: 500 }, (_, i) => {
    const owner = owners[i % owners.length] as TrailOwner
    return append([keyed(owner, i % 60), row(owner), keyed(owner, (i * 7) % 60)])
  })
  const results = (await Promise.all(calls)).flat()
  const created = results.filter(({ duplicate }) => !duplicate).length
  let stored = 0
  for (const owner of owners) {
    const seqs = await seqsOf(owner)
    expect(seqs).toEqual(seqs.map((_, i) => i))
    stored += seqs.length
  }
  expect(stored).toBe(created)
})

test('what is stored proves itself: body, seed, id and time give the stored leaf hash', async () => {
  const owner = await newTenant()
  await append([
    row(owner, { message: 'grüße', actor: { login: 'ä', ip: '2001:db8::1' }, data: { x: [1.5, null] } }),
  ])
  const [stored] = await database.owner()`select * from events where tenant_id = ${owner.tenantId}`
  const proven = leafHash(
    JSON.parse(stored?.body),
    stored?.seed,
    stored?.id,
    stored?.received_at.toISOString(),
  )
  expect(proven).toBe(stored?.leaf_hash.toString('hex'))
})

test('an event that the database refuses fails alone, not with those that share its flush', async () => {
  const owner = await newTenant()
  const broken = { ...row(owner), ip: 'no address' }
  const [good, bad, also] = await Promise.allSettled([
    append([row(owner)]),
    append([broken]),
    append([row(owner)]),
  ])
  expect(good.status).toBe('fulfilled')
  expect(bad.status).toBe('rejected')
  expect(also.status).toBe('fulfilled')
  expect(await seqsOf(owner)).toEqual([0, 1])
})

test('times that JavaScript reads and PostgreSQL would refuse are stored by what they mean', async () => {
  const owner = await newTenant()
  const times = [
    '2026-11-20T10:00:00+23:59',
    `2026-11-20T10:00:00.${'1'.repeat(300)}Z`,
    '0001-01-01T00:00:00Z',
  ]
  await append(times.map((occurredAt) => row(owner, { occurredAt })))
  const rows = await database.owner()`select occurred_at at time zone 'UTC' as utc, body from events
    where tenant_id = ${owner.tenantId} order by seq`
  expect(rows.map(({ body }) => JSON.parse(body).occurredAt)).toEqual(times)
  expect(rows[0]?.utc.toISOString()).toContain('2026-11-19T10:01:00')
})

test('a type that another transaction is just making delays an event, and never doubles or loses it', async () => {
  const owner = await newTenant()
  const type = `slow-${owner.tenantId.slice(0, 8)}`
  const blocked = database.owner().begin(async (tx) => {
    await tx`insert into event_types (tenant_id, type) values (${owner.tenantId}, ${type})`
    await new Promise((resolve) => setTimeout(resolve, 2500))
  })
  await new Promise((resolve) => setTimeout(resolve, 100))
  const [result] = await append([row(owner, { type })])
  await blocked
  expect(result).toMatchObject({ seq: 0, duplicate: false })
  expect(await seqsOf(owner)).toEqual([0])
})

test('a reader never sees a seq before all smaller ones', async () => {
  const owner = await newTenant()
  let writing = true
  const writers = Array.from({ length: 8 }, async () => {
    for (let i = 0; i < 25; i++) await append([row(owner), keyed(owner, i)])
  })
  const reader = (async () => {
    let looks = 0
    while (writing) {
      const [seen] = await database.owner()`
        select count(*)::int as count, coalesce(max(seq), -1)::int as last from events where tenant_id = ${owner.tenantId}`
      expect(seen?.count).toBe(seen?.last + 1)
      looks++
    }
    return looks
  })()
  await Promise.all(writers)
  writing = false
  expect(await reader).toBeGreaterThan(3)
})

test('after many flushes without a duplicate, the next duplicate is still one', async () => {
  const owner = await newTenant()
  for (let i = 0; i < 80; i++) await append([keyed(owner, i)])
  const [again, fresh, twice] = await append([keyed(owner, 7), keyed(owner, 100), keyed(owner, 100)])
  expect([again, fresh, twice].map((result) => [result?.seq, result?.duplicate])).toEqual([
    [7, true],
    [80, false],
    [80, true],
  ])
  expect(await seqsOf(owner)).toEqual(Array.from({ length: 81 }, (_, i) => i))
})
