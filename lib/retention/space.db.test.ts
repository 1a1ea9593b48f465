import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { newMemberScope } from '@/lib/auth/testing/people'

const database = useTestDatabase()
const EVENTS = 200_000
const MAX_GROWTH = 1.05

test('the space of dropped events serves those that come: the table does not grow', async () => {
  const { tenantId } = await newMemberScope()
  const sql = database.owner()
  const insert = (from: number, to: number) => sql`
    insert into events (tenant_id, seq, id, received_at, occurred_at, level, type, action, origin, body, seed, leaf_hash)
    select ${tenantId}, n, gen_random_uuid(), now(), now(), 2, 'bulk', 'tried', 'system',
      '{"type":"bulk","message":"' || repeat('x', 300) || '"}', sha256(n::text::bytea), sha256(n::text::bytea)
    from generate_series(${from}::int, ${to}::int) as n`
  const size = async () => {
    const [row] = await sql`select pg_total_relation_size('events')::float8 as bytes`
    return row?.bytes as number
  }
  await insert(1000, EVENTS + 999)
  await sql`vacuum events`
  const before = await size()
  await sql.begin(async (tx) => {
    await tx`set local spoor.change = 'drop'`
    await tx`delete from events where tenant_id = ${tenantId} and seq between 1000 and ${EVENTS / 2 + 999}`
  })
  await sql`vacuum events`
  await insert(EVENTS + 1000, EVENTS * 1.5 + 999)
  expect((await size()) / before).toBeLessThan(MAX_GROWTH)
}, 120_000)

test('the server is told to vacuum before a hundredth of a trail is dead', async () => {
  const [row] = await database.owner()`select reloptions from pg_class where relname = 'events'`
  expect(row?.reloptions).toContain('autovacuum_vacuum_scale_factor=0.01')
})
