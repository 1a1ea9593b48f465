import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { database } from '@/db/client'
import { addDestination, appendNumbered, messagesIn } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { removeDestination } from '@/lib/forwarding/remove'
import { tendStreams } from './tend-streams'

const given = useDeliveries()

const TABLES = [
  'delivery_attempts',
  'delivery_batches',
  'delivery_dead',
  'delivery_hours',
  'delivery_digests',
  'delivery_replays',
  'delivery_skips',
  'delivery_streams',
  'destination_filters',
]

let id: string
let key: { tenant_id: string; destination_id: string }

beforeEach(async () => {
  id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  key = { tenant_id: given.scope.tenantId, destination_id: id }
})

/** As if an hour had passed since the last look. */
const tend = async () => {
  await given.owner()`update destinations set pruned_at = now() - interval '61 min'`
  return tendStreams({ budgetMs: 20_000 })
}

const countOf = async (table: string, destinationId = id) =>
  (
    await given.owner()`select count(*)::int as n from ${given.owner()(table)} where destination_id = ${destinationId}`
  )[0]?.n

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
const insert = (table: string, ...rows: Record<string, unknown>[]) =>
  given.owner()`insert into ${given.owner()(table)} ${given.owner()(rows.map((row) => ({ ...key, ...row })))}`

const attempt = (at: Date) => ({
  id: randomUUID(),
  at,
  trigger: 'auto',
  events: 1,
  outcome: 'held',
  ms: 1,
  answer: 'no',
})
const dead = (seq: number, at: Date) => ({ seq, at, reason: 'refused', answer: 'no' })
const batch = (name: string, state: string, settledAt: Date | null, objectKey: string | null = null) => ({
  idempotency_key: name,
  first_seq: 0,
  last_seq: 0,
  filter_version: 1,
  format_version: 1,
  format: {},
  events: 1,
  bytes: 1,
  sha256: Buffer.alloc(32),
  state,
  settled_at: settledAt,
  object_key: objectKey,
})
const replay = (state: string, finishedAt: Date | null) => ({
  id: randomUUID(),
  from_seq: 0,
  to_seq: 1,
  next_seq: 1,
  state,
  finished_at: finishedAt,
  requested_by: 'somebody',
})
const digest = (number: number, storedAt: Date) => ({
  number,
  until: storedAt,
  object_key: `d${number}`,
  body: '',
  sha256: Buffer.alloc(32),
  objects: 1,
  state: 'stored',
  stored_at: storedAt,
})
const skip = { from_seq: 0, to_seq: 1, reason: 'asked for', requested_by: 'somebody' }

test('history goes when its time has passed, and what is younger or still needed stays', async () => {
  await insert('delivery_attempts', attempt(daysAgo(31)), attempt(daysAgo(29)))
  await insert('delivery_dead', dead(1, daysAgo(31)), dead(2, daysAgo(29)))
  await insert(
    'delivery_batches',
    batch('old', 'done', daysAgo(91)),
    batch('young', 'done', daysAgo(89)),
    batch('open', 'planned', null),
    batch('awaiting', 'awaiting_ack', daysAgo(91)),
    batch('object before', 'done', daysAgo(95), 'a'),
    batch('in no digest yet', 'done', daysAgo(93), 'd'),
    batch('last object', 'done', daysAgo(92), 'b'),
    batch('refused later', 'replaced', daysAgo(91), 'c'),
  )
  await insert('delivery_hours', { hour: daysAgo(401) }, { hour: daysAgo(399) })
  await insert(
    'delivery_replays',
    replay('done', daysAgo(91)),
    replay('done', daysAgo(89)),
    replay('running', null),
  )
  await insert('delivery_digests', digest(1, daysAgo(402)), digest(2, daysAgo(94)))
  await insert('delivery_skips', { ...skip, at: daysAgo(1_000) })
  expect(await tend()).toMatchObject({ pruned: 6, purged: 0 })
  expect(await countOf('delivery_attempts')).toBe(1)
  const batches = await given.rows('delivery_batches', id)
  expect(batches.map((row) => row.idempotency_key).sort()).toEqual([
    'awaiting',
    'in no digest yet',
    'last object',
    'open',
    'refused later',
    'young',
  ])
  for (const [table, left] of Object.entries({
    delivery_hours: 1,
    delivery_replays: 2,
    delivery_digests: 1,
    delivery_skips: 1,
    delivery_dead: 2,
  }))
    expect(await countOf(table), table).toBe(left)
  expect(await tendStreams({ budgetMs: 20_000 })).toMatchObject({ pruned: 0 })
})

test('what receivers said goes after thirty days, also of dead letters and streams', async () => {
  await insert('delivery_dead', dead(1, daysAgo(31)), dead(2, daysAgo(29)))
  const say = (at: Date) => given.owner()`
    update delivery_streams set last_answer = 'no', sent_at = ${at}, failed_at = ${daysAgo(60)} where destination_id = ${id}`
  await say(daysAgo(29))
  await tend()
  const answers =
    await given.owner()`select answer from delivery_dead where destination_id = ${id} order by seq`
  expect(answers.map(({ answer }) => answer)).toEqual([null, 'no'])
  expect(await given.rows('delivery_streams', id)).toMatchObject([{ last_answer: 'no' }])
  await say(daysAgo(31))
  await tend()
  expect(await given.rows('delivery_streams', id)).toMatchObject([{ last_answer: null }])
})

test('of attempts the newest ten thousand stay, and the last hour’s in any case', async () => {
  const fill = (count: number, interval: string) => given.owner()`
    insert into delivery_attempts (tenant_id, destination_id, id, at, trigger, events, outcome, ms)
    select ${key.tenant_id}, ${id}, gen_random_uuid(), now() - ${interval}::interval - n * interval '1 ms', 'auto', 1, 'delivered', 1
    from generate_series(1, ${count}) n`
  await fill(17_000, '2 hours')
  expect(await tend()).toMatchObject({ pruned: 7_000 })
  await fill(12_000, '10 minutes')
  expect(await tend()).toMatchObject({ pruned: 10_000 })
  expect(await countOf('delivery_attempts')).toBe(12_000)
})

test('a destination that was removed more than thirty days ago is gone for good; its events stay', async () => {
  await appendNumbered(given.scope, 3)
  await given.run()
  expect(messagesIn(given.receiver.received)).toHaveLength(3)
  await insert('delivery_dead', dead(1, daysAgo(31)))
  await insert('delivery_replays', replay('running', null))
  await insert('delivery_digests', digest(1, daysAgo(1)))
  await insert('delivery_skips', skip)
  await insert('delivery_hours', { hour: daysAgo(1) })
  const kept = await addDestination(given.scope, { url: given.receiver.url })
  await removeDestination(given.scope, { id })
  await given.owner()`update destinations set removed_at = now() - interval '29 days' where id = ${id}`
  expect(await tend()).toMatchObject({ purged: 0 })
  for (const table of TABLES) expect(await countOf(table), table).toBeGreaterThan(0)
  await given.owner()`update destinations set removed_at = now() - interval '31 days' where id = ${id}`
  expect(await tend()).toMatchObject({ purged: 1 })
  for (const table of TABLES) expect(await countOf(table), table).toBe(0)
  const left = await given.owner()`select id from destinations where tenant_id = ${key.tenant_id}`
  expect(left.map((row) => row.id)).toEqual([kept])
  const [events] = await given.owner()`
    select count(*)::int as n from events where tenant_id = ${key.tenant_id} and (type = 'relay' or code like 'DESTINATION%')`
  expect(events?.n).toBeGreaterThanOrEqual(5)
})

test('a run that is out of time leaves the rest for the next one', async () => {
  await insert('delivery_hours', ...Array.from({ length: 5_000 }, (_, n) => ({ hour: daysAgo(500 + n) })))
  await given.owner()`update destinations set pruned_at = now() - interval '61 min'`
  expect(await tendStreams({ budgetMs: 0 })).toMatchObject({ pruned: 0 })
  expect(await tendStreams({ budgetMs: 20_000, signal: AbortSignal.abort() })).toMatchObject({ pruned: 0 })
  expect(await tendStreams({ budgetMs: 20_000 })).toMatchObject({ pruned: 5_000 })
})

test('the database refuses to forget anything else', async () => {
  await insert('delivery_attempts', attempt(new Date(Date.now() - 3_500_000)))
  await insert('delivery_dead', dead(1, daysAgo(1_000)))
  await insert(
    'delivery_batches',
    batch('young', 'done', daysAgo(89)),
    batch('open', 'planned', null),
    batch('awaiting', 'awaiting_ack', daysAgo(91)),
  )
  await insert('delivery_hours', { hour: daysAgo(399) })
  await insert('delivery_replays', replay('done', daysAgo(89)), replay('running', daysAgo(91)))
  await insert('delivery_digests', digest(1, daysAgo(399)))
  await insert('delivery_skips', { ...skip, at: daysAgo(1_000) })
  const forget = async () => {
    for (const table of [...TABLES, 'destinations']) {
      const { count } = await database('deliver').execute(
        `delete from ${table} where tenant_id = '${key.tenant_id}'`,
      )
      expect(count, table).toBe(0)
    }
  }
  await forget()
  await removeDestination(given.scope, { id })
  await given.owner()`update destinations set removed_at = now() - interval '29 days' where id = ${id}`
  await forget()
  for (const change of ['kind', 'config', 'secret_enc', 'masking', 'removed_at', 'note'])
    await expect(
      database('deliver').execute(`update destinations set ${change} = ${change}`),
    ).rejects.toThrow()
})
