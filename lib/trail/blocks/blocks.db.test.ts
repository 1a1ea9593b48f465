import { once } from 'node:events'
import { and, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { database } from '@/db/client'
import { events } from '@/db/schema/events'
import { useTestDatabase } from '@/db/testing/test-database'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import type { EventInput } from '@/lib/event/event-input'
import { LEVELS } from '@/lib/event/levels'
import { tamperWith } from '@/lib/integrity/testing/tamper'
import type { TrailFilter } from '@/lib/trail/filter'
import { filterConditions } from '@/lib/trail/filter-conditions'
import { parseFilter } from '@/lib/trail/filter-url'
import { listEvents } from '@/lib/trail/list'
import { countEvents, readFacets, readHistogram } from '@/lib/trail/overview'
import { copyLine, openEventCopy } from '@/lib/trail/testing/copy-events'
import { EVENT_CHOICES, type EventChoice } from '@/lib/trail/testing/event-choices'
import { indexTrails } from './index-trails'
import { BLOCK_EVENTS, MERGED_BLOCKS } from './layout'

const db = useTestDatabase()

/** A merged row, a single block, and a tail that is in no block. */
const EVENTS = BLOCK_EVENTS * (MERGED_BLOCKS + 1) + 700
const BEGIN = Date.UTC(2026, 0, 1)
const BUDGET_MS = 60_000

let scope: TenantScope
let other: TenantScope

/** Values that repeat, values that are rare, and spellings that are hard to search, from nothing but the event's number. */
function eventAt(i: number): EventInput {
  const often = i % 7
  /** One with more words and fields than are indexed. */
  const isHuge = i % 9000 === 4321
  const rare = (i * 7919) % 10_007
  const words = [
    'signed in',
    'Straße İstanbul',
    'ΟΔΟΣ',
    'naïve café',
    'snow☃man',
    'user.login@host',
    '日本語の文',
    'ſharp',
    '300Kelvin',
  ]
  return {
    type: `type${often}`,
    action: ['created', 'deleted', 'signed in'][i % 3] as string,
    level: LEVELS[Math.floor(i / 7) % LEVELS.length] as (typeof LEVELS)[number],
    occurredAt: new Date(BEGIN + i * 1000 - (i % 100 === 0 ? 86_400_000 : 0)).toISOString(),
    ...(i % 5 !== 0 && { status: i % 4 === 0 ? ('fail' as const) : ('success' as const) }),
    ...(i % 2 === 0 && { code: `CODE_${i % 11}`, category: `cat ${i % 13}` }),
    message: isHuge
      ? Array.from({ length: 300 }, (_, k) => `w${i}x${k}`).join(' ')
      : `${words[i % words.length]} number${rare} of x${i.toString(36)}`,
    actor: {
      login: `user${rare % 300}@example.com`,
      ...(i % 3 === 0 && { identity: `Person ${rare}`, id: `id-${i % 17}` }),
      sessionId: `s${Math.floor(i / 20)}`,
      // The bytes of the fourth are those of 2001:db8::/32.
      ip:
        i % 64 === 4
          ? '32.1.13.184'
          : i % 2 === 0
            ? `10.${i % 4}.${i % 250}.${rare % 250}`
            : `2001:db8:${(i % 5).toString(16)}::${rare.toString(16)}`,
    },
    targets: [
      { type: `kind${i % 4}`, name: `thing-${rare}` },
      ...(i % 6 === 0 ? [{ type: 'second', name: `other/${i % 90}` }] : []),
    ],
    source: `host-${i % 3}`,
    dataSource: 'test',
    ...(isHuge && { data: Object.fromEntries(Array.from({ length: 300 }, (_, k) => [`k${k}`, `v${i}`])) }),
    ...(i % 2 === 0 && {
      data: {
        n: i % 50,
        deep: { flag: i % 3 === 0, 'a.b': `v${rare}` },
        'deep\u001eflag': 'x',
        tags: [`t${i % 9}`, i % 8],
        list: [{ x: i % 5 }],
        big: 1e21,
      },
    }),
    ...(i % 3 === 0 && { custom: { custom1: `c${i % 40}` } }),
  }
}

beforeAll(async () => {
  scope = await newMemberScope()
  other = await newMemberScope()
  const owner = db.owner()
  for (const { tenantId } of [scope, other]) {
    await tamperWith(db, `delete from events where tenant_id = '${tenantId}'`)
    const sink = await openEventCopy(owner)
    const count = tenantId === scope.tenantId ? EVENTS : BLOCK_EVENTS
    for (let i = 0; i < count; i++) {
      const event = tenantId === scope.tenantId ? eventAt(i) : { ...eventAt(i), type: 'foreign' }
      if (!sink.write(copyLine(tenantId, i, event, BEGIN + i * 1000))) await once(sink, 'drain')
    }
    sink.end()
    await once(sink, 'finish')
    await owner`update trail_heads set next_seq = ${count} where tenant_id = ${tenantId}`
  }
  await owner`analyze events`
  const [first, second] = await Promise.all([
    indexTrails({ budgetMs: BUDGET_MS }),
    indexTrails({ budgetMs: BUDGET_MS }),
  ])
  expect(first.blocks + second.blocks).toBe(MERGED_BLOCKS + 2)
}, 60_000)

/** What the filter means, event by event, without the block index. */
async function readTruth(filter: TrailFilter): Promise<number[]> {
  const where = and(eq(events.tenantId, scope.tenantId), ...filterConditions(filter))
  const rows = await inTenant(scope, (tx) =>
    tx.select({ seq: events.seq }).from(events).where(where).orderBy(events.seq),
  )
  return rows.map(({ seq }) => seq)
}

/** Every event that pages of the given size give, one page after the other. */
async function readAllPages(filter: TrailFilter, order: 'asc' | 'desc', limit: number): Promise<number[]> {
  const seqs: number[] = []
  for (let cursor: string | undefined, page = 0; page < 200; page++) {
    const { events: found, next } = await listEvents(scope, filter, { order, limit, cursor })
    seqs.push(...found.map(({ seq }) => seq))
    if (!next) return seqs
    cursor = next
  }
  return seqs
}

async function expectSame(filter: TrailFilter): Promise<void> {
  const truth = await readTruth(filter)
  const newest = await listEvents(scope, filter, { limit: 60 })
  const oldest = await listEvents(scope, filter, { limit: 60, order: 'asc' })
  const wanted = truth.slice(-60).reverse()
  // A page may end early, but only with a cursor to where the search goes on.
  if (newest.next === null || truth.length > 60)
    expect(newest.events.map(({ seq }) => seq)).toEqual(
      wanted.slice(0, newest.next ? newest.events.length : 60),
    )
  if (oldest.next === null || truth.length > 60)
    expect(oldest.events.map(({ seq }) => seq)).toEqual(
      truth.slice(0, oldest.next ? oldest.events.length : 60),
    )
  const count = await countEvents(scope, filter)
  if (count.exact) expect(count.value).toBe(truth.length)
  else expect(count.value).toBeLessThanOrEqual(truth.length)
}

test('blocks are merged, the second tenant has its own, and the tail is in none', async () => {
  const rows =
    await db.owner()`select tenant_id, first_seq::int, blocks from trail_blocks order by tenant_id = ${scope.tenantId} desc, first_seq`
  expect(rows.map(({ tenant_id, first_seq, blocks }) => [tenant_id, first_seq, blocks])).toEqual([
    [scope.tenantId, 0, MERGED_BLOCKS],
    [scope.tenantId, BLOCK_EVENTS * MERGED_BLOCKS, 1],
    [other.tenantId, 0, 1],
  ])
  expect(await indexTrails({ budgetMs: BUDGET_MS })).toEqual({ blocks: 0 })
})

test.each([
  '',
  'type=type3',
  'type=!type3',
  'type=none',
  'type=type1&type=type2&action=!created',
  'type=foreign',
  'minLevel=error',
  'level=warning&level=!warning',
  'status=fail',
  'status=!fail',
  'code=CODE_3',
  'code=!CODE_3',
  'category=cat 5',
  'actor=user7@example.com',
  'actor=id-3',
  'actor=Person 42',
  'actor=!id-3',
  'target=thing-42',
  'target=other/12',
  'targetType=second',
  'targetType=!second',
  'source=host-1',
  'dataSource=test',
  'dataSource=!test',
  'session=s77',
  'session=!s77',
  'ip=10.1.0.0/16',
  'ip=10.1.4.0/22',
  'ip=0.0.0.0/0',
  'ip=2001:db8::/32',
  'ip=2001:0DB8:1::/48',
  'ip=2001:db8:1:0:0:0:0:2a',
  'ip=!10.0.0.0/8',
  'ip=32.1.13.184',
  'ip=!2001:db8::/32',
  'ip=10.0.0.0/7',
  'q=signed in',
  'q=in number',
  'q=NUMBER42',
  'q=umber4',
  'q=☃',
  'q=w☃m',
  'q=straße',
  'q=STRASSE',
  'q=İstanbul',
  'q=istanbul',
  'q=K',
  'q=kelvin',
  'q=οδος',
  'q=ΟΔΟΣ',
  'q=οδοσ',
  'q=CAFÉ',
  'q=café',
  'q=naïve',
  'q=本語',
  'q=sharp',
  'q=ſharp',
  'q=.login@',
  'q=@',
  'q=x',
  'q=zz',
  'q=zzz',
  'q=q',
  'q=%25',
  'q=_',
  'q=\\',
  'q= ',
  'q=!number4',
  'q=1&q=7',
  'q=host-',
  'q=CODE_10',
  'data.n=17',
  'data.n=17.0',
  'data.n=1.7e1',
  'data.n=!17',
  'data.deep.flag=true',
  'data.deep.a\\.b=v42',
  'data.tags=t4',
  'data.tags=5',
  'data.tags.0=t4',
  'data.tags.+0=t4',
  'data.tags. 0=!t4',
  'data.deep.flag=x',
  'data.deep.flag=!x',
  'data.n=1e400',
  'data.n=!1e-20000',
  'data.n=-0.0e99999',
  'data.list=1',
  'data.list.0.x=3',
  'data.big=1e21',
  'data.big=1000000000000000000000',
  'data.deep=x',
  'custom.custom1=c7',
  'data.k299=v4321',
  'data.k1=v13321',
  'data.k299=v1',
  'q=w4321x299',
  'q=w4321x1',
  'q=!w4321x299',
  'q=w1x1',
  'custom.custom1=!c7',
  'from=2026-01-01T10:00:00Z&to=2026-01-01T11:00:00Z',
  'from=2026-01-01T10:00:00.500Z',
  'to=2026-01-01T00:30:00Z&type=type2',
  'from=2025-12-31T00:00:00Z&to=2026-01-01T00:00:00Z',
])('%j finds what the events say', async (query) => {
  const params = new URLSearchParams(query.replaceAll('+', '%2B'))
  await expectSame(parseFilter(params))
})

/** Any filter from values that are there, that are not, and that are parts of some. */
const anyFilter = (): fc.Arbitrary<TrailFilter> => {
  const value = fc.integer({ min: 0, max: EVENTS + 1000 }).map(eventAt)
  const one = (name: EventChoice) =>
    fc
      .tuple(value, fc.boolean(), fc.nat(8), fc.integer({ min: 1, max: 9 }))
      .map(([event, exclude, start, length]) => {
        const of =
          {
            type: event.type,
            level: event.level,
            action: event.action,
            status: event.status,
            code: event.code,
            category: event.category,
            actor: event.actor?.identity ?? event.actor?.login,
            target: event.targets?.at(-1)?.name,
            targetType: event.targets?.at(-1)?.type,
            source: event.source,
            ip: event.actor?.ip,
            session: event.actor?.sessionId,
            dataSource: event.dataSource,
            q: event.message?.slice(start, start + length) || 'x',
          }[name] ?? 'fail'
        const values = name === 'level' || name === 'status' || of.length > 0 ? [of] : ['x']
        const valid = name === 'ip' && of === 'fail' ? ['10.0.0.1'] : values
        return { [name]: exclude ? { include: [], exclude: valid } : { include: valid, exclude: [] } }
      })
  return fc
    .tuple(fc.uniqueArray(fc.constantFrom(...EVENT_CHOICES), { minLength: 1, maxLength: 3 }), fc.boolean())
    .chain(([names]) => fc.tuple(...names.map(one)))
    .map((parts) => Object.assign({}, ...parts) as TrailFilter)
}

test('any combination of filters finds what the events say', async () => {
  await fc.assert(fc.asyncProperty(anyFilter(), expectSame), { numRuns: 60 })
}, 120_000)

test('pages follow one another without a gap or a repetition, in both directions', async () => {
  for (const query of [
    'type=type3&status=fail',
    'q=number42',
    'actor=user7@example.com&q=signed',
    'type=none',
  ]) {
    const filter = parseFilter(new URLSearchParams(query))
    const truth = await readTruth(filter)
    expect(await readAllPages(filter, 'asc', 100)).toEqual(truth)
    expect(await readAllPages(filter, 'desc', 100)).toEqual(truth.reverse())
  }
}, 60_000)

test('facets and histogram count what the events say', async () => {
  const filter = parseFilter(new URLSearchParams('type=type3&minLevel=notice'))
  const truth = await readTruth(filter)
  const byAction = new Map<string, number>()
  for (const seq of truth) byAction.set(eventAt(seq).action, (byAction.get(eventAt(seq).action) ?? 0) + 1)
  const facets = await readFacets(scope, filter)
  expect(facets.action).toEqual({
    values: [...byAction]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
    exact: true,
  })
  // Its own choice is left out, so that the alternatives show.
  expect(facets.type?.values).toHaveLength(7)
  expect(facets.level?.values).toHaveLength(LEVELS.length)
  const histogram = await readHistogram(scope, filter, { bars: 30 })
  const sum = histogram.bars.reduce(
    (total, { levels }) => total + Object.values(levels).reduce((a, b) => a + b, 0),
    0,
  )
  expect(sum).toBe(truth.length)
  expect(histogram.bars.length).toBeLessThanOrEqual(30)
  for (const { at, levels } of histogram.bars) {
    const inBar = truth.map(eventAt).filter(({ occurredAt = '' }) => {
      const ms = Date.parse(occurredAt) - Date.parse(at)
      return ms >= 0 && ms < histogram.stepMs
    })
    expect(Object.values(levels).reduce((a, b) => a + b, 0)).toBe(inBar.length)
  }
})

test('the other tenant sees its own events only, also through the index', async () => {
  const filter = parseFilter(new URLSearchParams('type=type3'))
  expect(await countEvents(other, filter)).toEqual({ value: 0, exact: true })
  expect(await countEvents(other, parseFilter(new URLSearchParams('type=foreign')))).toEqual({
    value: BLOCK_EVENTS,
    exact: true,
  })
  const rows = await inTenant(other, (tx) => tx.execute('select tenant_id from trail_blocks'))
  expect(new Set(rows.map((row) => row.tenant_id))).toEqual(new Set([other.tenantId]))
})

test('an index of another layout is not read, and built anew', async () => {
  const owner = db.owner()
  await owner`update trail_blocks set layout = layout - 1 where tenant_id = ${other.tenantId}`
  const filter = parseFilter(new URLSearchParams('type=foreign'))
  expect(await countEvents(other, filter)).toEqual({ value: BLOCK_EVENTS, exact: true })
  expect(await indexTrails({ budgetMs: BUDGET_MS })).toEqual({ blocks: 1 })
  expect(await countEvents(other, filter)).toEqual({ value: BLOCK_EVENTS, exact: true })
})

test('a row that was deleted hides no event, and is built anew in its place', async () => {
  const owner = db.owner()
  const rows = () => owner`select first_seq::int as first, blocks, build from trail_blocks
    where tenant_id = ${scope.tenantId} order by first_seq`
  const before = await rows()
  await owner`delete from trail_blocks where tenant_id = ${scope.tenantId} and first_seq = 0`
  await expectSame(parseFilter(new URLSearchParams('session=s77')))
  expect(await indexTrails({ budgetMs: BUDGET_MS })).toEqual({ blocks: MERGED_BLOCKS })
  await expectSame(parseFilter(new URLSearchParams('session=s77')))
  const after = await rows()
  expect(after).toMatchObject(before.map(({ first, blocks }) => ({ first, blocks })))
  expect(after.map(({ build }, i) => build === before[i]?.build)).toEqual([false, true])
}, 60_000)

test('the role that indexes can change no event', async () => {
  await expect(database('index').execute(`update events set type = 'x'`)).rejects.toThrow()
  await expect(database('index').execute('delete from events')).rejects.toThrow()
})
