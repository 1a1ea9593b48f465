import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { INSTANCE_TENANT_ID } from '@/lib/access/instance-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { eraseValues } from '@/lib/erasure/erase-values'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { tamperWith } from '@/lib/integrity/testing/tamper'
import { retainTrails } from '@/lib/retention/retain-trails'
import { setRetention } from '@/lib/retention/set'
import { append } from '@/lib/trail/append'
import { scrubTrail } from './run-scrub'
import { readScrubStatus } from './scrub-status'
import { makeSealedTrail, type SealedTrail, sampleRow } from './testing/sealed-trail'

const database = useTestDatabase()
let trail: SealedTrail

beforeEach(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  trail = await makeSealedTrail(database.owner())
})
afterEach(() => vi.restoreAllMocks())

const tamper = (statements: string) =>
  tamperWith(database, statements.replaceAll(':t', `'${trail.tenantId}'`))

async function eventsOf(code: string, tenantId = trail.tenantId) {
  const rows = await database.owner()`
    select body, level from events where tenant_id = ${tenantId} and code = ${code} order by seq`
  return rows.map(({ body, level }) => ({ level, ...JSON.parse(body) }))
}

/** What the managers find in their bells, oldest first. */
const bells = async () => [
  ...(await database.owner()`
    select message, path, roles from notifications where tenant_id = ${trail.tenantId} order by number`),
]

const rename = (from: string, to: string, seqs: string) =>
  `update events set body = replace(body, '${from}', '${to}'), actor_login = replace(actor_login, '${from}', '${to}')
   where tenant_id = :t and seq in (${seqs})`

test('a mismatch is an alarm in the trail once, stays red, and is cleared only by a pass that finds it right', async () => {
  vi.stubEnv('SPOOR_MAIL_FROM', 'spoor@example.com')
  vi.stubEnv('SPOOR_SMTP_URL', 'smtp://127.0.0.1:1')
  await tamper(rename('.com', '.org', '10, 11, 12, 599'))
  expect(await scrubTrail(trail.scope)).toMatchObject({ failures: 2 })
  const [alarm, ...more] = await eventsOf('TRAIL_TAMPERED')
  expect(more).toEqual([])
  expect(alarm).toMatchObject({
    level: 'critical',
    action: 'trail.tampered',
    message: expect.stringMatching(/^Event 10 to 12: .* And 1 more place\.$/),
    data: {
      count: 2,
      failures: [
        { reason: 'altered', place: { kind: 'event', seq: 10, through: 12 } },
        { reason: 'altered', place: { kind: 'event', seq: 599 } },
      ],
    },
  })
  const red = await readScrubStatus(trail.scope)
  expect(red).toMatchObject({ state: 'failing', verifiedSeq: 10, failureCount: 2 })

  await sealNow()
  expect(await scrubTrail(trail.scope)).toMatchObject({ failures: 0 })
  expect(await eventsOf('TRAIL_TAMPERED')).toHaveLength(1)
  expect((await readScrubStatus(trail.scope)).failures).toEqual(red.failures)

  await tamper(rename('.org', '.com', '10, 11, 12'))
  await scrubTrail(trail.scope)
  expect(await readScrubStatus(trail.scope)).toMatchObject({ state: 'failing', failures: [red.failures[1]] })
  await tamper(rename('.org', '.com', '599'))
  await scrubTrail(trail.scope)
  expect(await readScrubStatus(trail.scope)).toMatchObject({ state: 'clean', failures: [], verifiedSeq: 601 })
  expect(await eventsOf('TRAIL_TAMPERING_CLEARED')).toHaveLength(2)
  const managers = { path: 'integrity', roles: ['owner', 'admin'] }
  const cleared = { ...managers, message: 'Places of the trail are again what was sealed' }
  expect(await bells()).toEqual([
    { ...managers, message: 'The trail is not what was sealed' },
    cleared,
    cleared,
  ])
  const letters = await database.owner()`
    select words from warning_letters where tenant_id = ${trail.tenantId} order by created_at`
  expect(letters).toHaveLength(3)
  expect(letters[0]?.words.details[0]).toMatch(/^Event 10 to 12: .* And 1 more place\.$/)
  expect(await eventsOf('TRAIL_TAMPERED')).toHaveLength(1)
})

test('the alarm of a trail whose counter was set back goes into the trail of the instance, and takes no sealed place', async () => {
  await tamper(
    'delete from events where tenant_id = :t and seq >= 590; update trail_heads set next_seq = 590 where tenant_id = :t',
  )
  await scrubTrail(trail.scope)
  expect(await eventsOf('TRAIL_TAMPERED')).toEqual([])
  const alarms = await eventsOf('TRAIL_TAMPERED', INSTANCE_TENANT_ID)
  expect(alarms).toMatchObject([{ data: { tenantId: trail.tenantId, failures: [{ reason: 'truncated' }] } }])
  // Whom it concerns is told all the same.
  expect(await bells()).toMatchObject([{ message: 'The trail is not what was sealed' }])
})

test('of more failures than anybody reads only a hundred are kept, and the others are counted', async () => {
  await tamper(`update events set actor_login = 'x' where tenant_id = :t and seq < 400 and seq % 2 = 0`)
  await scrubTrail(trail.scope)
  const status = await readScrubStatus(trail.scope)
  expect(status.failures).toHaveLength(100)
  expect(status.failureCount).toBe(200)
  await scrubTrail(trail.scope)
  expect(await readScrubStatus(trail.scope)).toMatchObject({ failureCount: 200 })
})

test('erasure with its notice is no tampering, whether values or whole events, once or twice', async () => {
  const erase = (seqs: number[], pointers: string[]) =>
    eraseValues(trail.scope, { seqs, pointers, reasonCode: 'data_subject_request' })
  await erase([20, 21, 520], ['/actor'])
  await erase([22], [''])
  await erase([20], ['/targets'])
  // The notices are not sealed yet: the scrubber waits for them rather than cry wolf.
  const scrubbed = scrubTrail(trail.scope)
  await sealNow()
  expect(await scrubbed).toMatchObject({ passes: 1, failures: 0 })
  expect(await readScrubStatus(trail.scope)).toMatchObject({ state: 'clean' })
})

/** A trail of 700 events of three days ago, sealed then. */
async function makeOldTrail(): Promise<TenantScope> {
  const owner = database.owner()
  const tenantId = randomUUID()
  const slug = `old-${tenantId.slice(0, 8)}`
  await owner`insert into tenants ${owner({ id: tenantId, slug, name: slug, id_key: Buffer.alloc(32) })}`
  await owner`insert into trail_heads (tenant_id) values (${tenantId})`
  const thenMs = Date.now() - 3 * 86_400_000
  await sealNow(() => thenMs)
  const receivedAt = new Date(thenMs).toISOString()
  await append(
    Array.from({ length: 700 }, (_, n) =>
      sampleRow(tenantId, n, { type: n % 2 ? 'odd' : 'even' }, receivedAt),
    ),
  )
  await sealNow(() => thenMs + 1000)
  return scopeForSystem(tenantId, 'CLI')
}

test.each([
  ['of all events', { days: 2, types: [] }, { dropped: 512, emptied: 188 }],
  ['of a type', { days: null, types: [{ type: 'odd', days: 2 }] }, { dropped: 0, emptied: 350 }],
])('retention %s with its notice is no tampering', async (_, chosen, counts) => {
  const scope = await makeOldTrail()
  await setRetention(scope, { ...chosen, reason: 'the contract says so' })
  await sealNow()
  expect(await retainTrails({ budgetMs: 30_000 })).toMatchObject(counts)
  await sealNow()
  expect(await scrubTrail(scope)).toMatchObject({ passes: 1, failures: 0 })
})
