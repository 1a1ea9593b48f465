import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { parseInput } from '@/lib/errors/parse-input'
import { updateDestinationSchema } from '@/lib/forwarding/input'
import { updateDestination } from '@/lib/forwarding/update'
import { FAULTS } from './testing/chaos/faults'
import { Process } from './testing/chaos/process'
import type { Arrival, ReceiverLog } from './testing/chaos/receiver'
import { seededRandom } from './testing/chaos/seeded-random'
import { addDestination, appendNumbered } from './testing/deliveries'

const database = useTestDatabase()

const WORKERS = 6
const KILLS = 30
/** A new worker needs some seconds on a loaded machine, so about half of them are at work. */
const KILL_EVERY_MS = 900
/** After so many kills a worker is frozen, for longer than its lease. */
const FREEZE_EVERY = 8
const LEASE_MS = 2_500
/** Appended before each kill. */
const EVENTS_AT_ONCE = 100
/** Rare enough to be bad events, and not a receiver that takes none. */
const POISON_EVERY = 600
const POISON_AT = 300
const DRAIN_MS = 120_000
const SEED = 20_261_121

let scope: TenantScope
let receiver: Process
let workers: Process[]
let loops: Promise<unknown>[]
let isOver: boolean
let appended: number

beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  scope = await newMemberScope()
  isOver = false
  loops = []
  appended = 0
  receiver = new Process('receiver', String(SEED))
  workers = Array.from({ length: WORKERS }, () => new Process('worker'))
  await Promise.all([receiver, ...workers].map((each) => each.start()))
})
afterEach(async () => {
  isOver = true
  await Promise.all(loops)
  await Promise.all([receiver, ...workers].map((each) => each.kill()))
})

/** Again and again beside the test, until it is over. */
async function repeat(everyMs: number, run: () => Promise<unknown>): Promise<void> {
  while (!isOver) {
    await run()
    await sleep(everyMs)
  }
}

/** Backoff, leases and the time until an acknowledgement is overdue pass quickly; the engine is as it is. */
const hurry = async () => {
  const sql = database.owner()
  // Rows that a worker is changing are left for the next time: waiting for them could end in a deadlock.
  for (const [table, column, ms] of [
    ['delivery_streams', 'due_at', 50],
    ['delivery_streams', 'lease_until', LEASE_MS],
    ['delivery_batches', 'ack_deadline', 3_000],
  ] as const)
    await sql`update ${sql(table)} set ${sql(column)} = now() + ${ms} * interval '1 ms'
      where ctid = any (array(select ctid from ${sql(table)}
        where ${sql(column)} > now() + ${ms} * interval '1 ms' for update skip locked))`
}

const append = () =>
  appendNumbered(scope, EVENTS_AT_ONCE, () => {
    const n = appended++
    const isPoison = n % POISON_EVERY === POISON_AT
    return { type: n % 3 === 0 ? 'relay' : 'account', message: isPoison ? `poison ${n}` : `n${n}` }
  })

const readLog = async (): Promise<ReceiverLog> => (await fetch(`${receiver.said}/log`)).json()

/** Kills workers while they are at work, each at a random moment, starts others in their place, and appends events. */
async function killAndFreeze(random: () => number): Promise<void> {
  const pick = async () => {
    for (;;) {
      const working = workers.filter(({ said }) => said !== '')
      const found = working[Math.floor(random() * working.length)]
      if (found) return found
      await sleep(50)
    }
  }
  for (let kills = 1; kills <= KILLS; kills++) {
    await append()
    await sleep(random() * 2 * KILL_EVERY_MS)
    const victim = await pick()
    await victim.kill()
    loops.push(victim.start())
    if (kills % FREEZE_EVERY !== 0) continue
    const frozen = await pick()
    frozen.signal('SIGSTOP')
    await sleep(2 * LEASE_MS)
    frozen.signal('SIGCONT')
  }
}

type Expected = { seqs: number[]; poison: number[] }

/** What of the trail belongs to a stream, by the filter versions as they were edited. */
async function expectedOf(id: string, { takesPoison = false } = {}): Promise<Expected> {
  const rows = await database.owner()`
    select e.seq::int as seq, e.message from events e
    join delivery_streams s on s.tenant_id = e.tenant_id and s.destination_id = ${id}
    join lateral (select filter from destination_filters f where f.tenant_id = e.tenant_id
      and f.destination_id = ${id} and f.from_seq <= e.seq order by f.from_seq desc limit 1) f on true
    where e.tenant_id = ${scope.tenantId} and e.seq >= s.start_seq
      and f.filter -> 'type' -> 'include' ? e.type order by e.seq`
  const isPoison = (row: { message?: string }) => !takesPoison && row.message?.startsWith('poison') === true
  return {
    seqs: rows.filter((row) => !isPoison(row)).map((row) => row.seq),
    poison: rows.filter(isPoison).map((row) => row.seq),
  }
}

/** No event comes for the first time behind a later one, and the same key always means the same bytes. */
function checkOrderAndKeys(arrivals: readonly Arrival[]): number[] {
  const seen = new Set<number>()
  const firsts: number[] = []
  const bodies = new Map<string, string>()
  const ids = new Map<number, string>()
  for (const { key, sha256, seqs, ids: eventIds, isStored } of arrivals) {
    expect(bodies.get(key) ?? sha256, `the bytes under ${key}`).toBe(sha256)
    bodies.set(key, sha256)
    for (const [i, seq] of seqs.entries()) {
      expect(ids.get(seq) ?? eventIds[i], `the id of event ${seq}`).toBe(eventIds[i])
      ids.set(seq, eventIds[i] as string)
      if (!isStored || seen.has(seq)) continue
      seen.add(seq)
      firsts.push(seq)
    }
  }
  expect(firsts).toEqual(firsts.toSorted((a, b) => a - b))
  return firsts
}

/** The ranges in the names of the objects follow each other, and each event lies in the one that its seq belongs to. */
function checkObjects(objects: ReceiverLog['objects'], { seqs }: Expected): void {
  const found = Object.entries(objects)
    .filter(([path]) => path.includes('/date='))
    .map(([path, events]) => {
      const [, first, last] = /(\d{20})-(\d{20})/.exec(path)?.map(Number) ?? []
      return { first: first ?? -1, last: last ?? -1, events }
    })
    .sort((a, b) => a.first - b.first)
  expect(found.length).toBeGreaterThan(3)
  for (const [i, { first, last, events }] of found.entries()) {
    if (i > 0) expect(first).toBe((found[i - 1]?.last ?? 0) + 1)
    expect(events.every((seq) => seq >= first && seq <= last)).toBe(true)
  }
  expect(found.flatMap(({ events }) => events)).toEqual(seqs)
}

/** The counters of a stream, of its hours and of its attempts tell the same. */
async function checkStatistics(id: string): Promise<void> {
  const sql = database.owner()
  const [stream] =
    await sql`select sent_events::int, sent_batches::int, failed_attempts::int, dead_events::int
    from delivery_streams where destination_id = ${id}`
  const [hours] =
    await sql`select sum(sent_events)::int as sent_events, sum(sent_batches)::int as sent_batches,
    sum(failed_attempts)::int as failed_attempts, sum(dead_events)::int as dead_events
    from delivery_hours where destination_id = ${id}`
  const [attempts] = await sql`select
      sum(events) filter (where outcome = 'delivered')::int as sent_events,
      count(*) filter (where outcome = 'delivered')::int as sent_batches,
      count(*) filter (where outcome in ('held', 'split', 'dead', 'disabled'))::int as failed_attempts,
      count(*) filter (where outcome = 'dead')::int as dead_events
    from delivery_attempts where destination_id = ${id}`
  expect(hours).toEqual(stream)
  expect(attempts).toEqual(stream)
}

test('six workers that are killed thirty times, and receivers that fail in every way, lose and mix up nothing', async () => {
  const random = seededRandom(SEED)
  const arrays = [
    await addDestination(scope, { url: `${receiver.said}/array1`, types: ['relay', 'account'] }),
    await addDestination(scope, { url: `${receiver.said}/array2`, types: ['relay'] }),
  ]
  const [, edited] = arrays as [string, string]
  const splunk = await addDestination(scope, {
    kind: 'splunk',
    url: receiver.said,
    token: 'chaos',
    acknowledge: true,
    types: ['relay'],
  })
  const s3 = await addDestination(scope, {
    kind: 's3',
    bucket: 'bucket',
    endpoint: receiver.said,
    pathStyle: true,
    accessKeyId: 'chaos',
    secretAccessKey: 'chaos',
    gzip: false,
    mailTypes: ['relay'],
    mailTo: ['soc@example.com'],
    types: ['relay', 'account'],
  })
  // This instance sends no letters.
  await database.owner()`update delivery_streams set state = 'paused'
    where destination_id in (select id from destinations where companion_of = ${s3})`
  const all = [...arrays, splunk, s3]
  loops.push(repeat(200, hurry))
  const chaos = killAndFreeze(random)
  await sleep((KILLS * KILL_EVERY_MS) / 2)
  const edit = { id: edited, kind: 'http', url: `${receiver.said}/array2`, types: ['account'] }
  await updateDestination(scope, parseInput(updateDestinationSchema, edit))
  await chaos
  await fetch(`${receiver.said}/calm`)

  await vi.waitFor(
    async () => {
      const behind = await database.owner()`
        select s.*, h.size from delivery_streams s join log_heads h on h.tenant_id = s.tenant_id
        where s.destination_id = any (${all}) and s.next_seq < h.size`
      expect([...behind]).toEqual([])
    },
    { timeout: DRAIN_MS, interval: 500 },
  )

  const log = await readLog()
  const streams: [string, string][] = [
    [arrays[0] as string, 'array1'],
    [edited, 'array2'],
    [splunk, 'services'],
    [s3, 'bucket'],
  ]
  for (const [id, stream] of streams) {
    // A bucket refuses no event.
    const { seqs, poison } = await expectedOf(id, { takesPoison: id === s3 })
    expect(seqs.length).toBeGreaterThan(appended / 5)
    const arrivals = log.arrivals.filter((each) => each.stream === stream)
    expect(checkOrderAndKeys(arrivals), stream).toEqual(seqs)
    const dead =
      await database.owner()`select seq::int as seq from delivery_dead where destination_id = ${id} order by seq`
    expect(dead.map(({ seq }) => seq)).toEqual(poison)
    await checkStatistics(id)
    const [{ sent } = { sent: 0 }] = await database.owner()`
      select sent_events::int as sent from delivery_streams where destination_id = ${id}`
    expect(sent, stream).toBe(seqs.length)
  }
  checkObjects(log.objects, await expectedOf(s3, { takesPoison: true }))
  // Splunk lost some after it had taken them, and got them again.
  const ids = await database.owner()`select id from events where tenant_id = ${scope.tenantId}
    and type = 'relay' and message like 'n%'`
  const indexed = new Set(log.indexed)
  expect(ids.filter(({ id }) => !indexed.has(id))).toEqual([])
  expect(Object.keys(log.served).sort()).toEqual(Object.keys(FAULTS).sort())
}, 300_000)
