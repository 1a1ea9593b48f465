import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { beforeAll, expect, test, vi } from 'vitest'
import { legalHolds } from '@/db/schema/retention'
import { useTestDatabase } from '@/db/testing/test-database'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { placeHold } from '@/lib/holds/place'
import { releaseHold } from '@/lib/holds/release'
import { appendSamples } from '@/lib/integrity/scrub/testing/sealed-trail'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { appendWithin } from '@/lib/trail/append-within'
import { lockBlocks } from '@/lib/trail/blocks/lock-blocks'
import { listEvents } from '@/lib/trail/list'

const database = useTestDatabase()
const ROLES = ['app', 'auth', 'append', 'deliver', 'index', 'seal', 'anchor', 'scrub', 'retain'] as const
const PERMISSION_DENIED = '42501'
const REFUSED = '23001'

let scope: TenantScope
let other: TenantScope

beforeAll(async () => {
  scope = await newMemberScope()
  other = await newMemberScope()
  await add({ type: 'test', action: 'tried', message: 'secret', actor: { login: 'ada', id: '7' } })
  await sealNow()
})

const add = (event: Parameters<typeof appendWithin>[3][number], who = scope) =>
  inTenant(who, (tx) => appendWithin(tx, who.tenantId, 'system', [event]))

/** Runs something as an attacker who has come into a role, as one tenant, and takes it back. */
async function asRole(
  role: string,
  tenantId: string,
  run: (sql: postgres.TransactionSql) => Promise<unknown>,
) {
  let answer: unknown
  const undo = new Error('undo')
  await database
    .owner()
    .begin(async (sql) => {
      await sql.unsafe(`set local role ${role}; set local spoor.tenant_id = '${tenantId}'`)
      answer = await run(sql)
      throw undo
    })
    .catch((error) => {
      if (error !== undo) throw error
    })
  return answer
}

const TABLES = ['events', 'log_tiles', 'log_checkpoints', 'anchor_entries', 'log_heads'] as const
const ATTACKS = [
  "update events set message = 'nothing happened'",
  'update events set seed = null',
  'delete from events',
  'delete from log_heads',
  "update log_tiles set data = ''",
  "update log_checkpoints set note = ''",
  'update trail_heads set first_seq = 1',
  'delete from trail_heads',
  ...TABLES.flatMap((table) => [
    `truncate ${table}`,
    `alter table ${table} disable trigger all`,
    `alter table ${table} disable row level security`,
    `drop table ${table}`,
    `create trigger mine before insert on ${table} for each row execute function spoor_keep_leaf()`,
  ]),
  'drop function redact_events(bigint, json)',
  'alter function redact_events(bigint, json) reset all',
  'create function public.spoor_tenant2() returns int language sql as $$ select 1 $$',
  'set local session_replication_role = replica',
]

test.each(ROLES)('the role %s changes, deletes and disarms nothing of what was published', async (role) => {
  for (const attack of ATTACKS)
    await expect(
      asRole(`spoor_${role}`, scope.tenantId, (sql) => sql.unsafe(attack)),
      attack,
    ).rejects.toMatchObject({ code: PERMISSION_DENIED })
})

test('not even the owner of the tables changes them by mistake', async () => {
  for (const attack of [
    "update events set message = 'nothing happened'",
    'delete from events',
    'truncate events',
    'delete from log_tiles',
    'delete from log_checkpoints',
    'delete from log_heads',
  ])
    await expect(database.owner().unsafe(attack), attack).rejects.toMatchObject({ code: REFUSED })
})

test('only who serves tenants erases, and only retention drops', async () => {
  for (const role of ROLES) {
    const redact = asRole(`spoor_${role}`, scope.tenantId, (sql) => sql`select redact_events(0, '[]'::json)`)
    await expect(redact, role).rejects.toMatchObject({ code: role === 'app' ? REFUSED : PERMISSION_DENIED })
    const drop = asRole(`spoor_${role}`, scope.tenantId, (sql) => sql`select drop_events(0, 256)`)
    await expect(drop, role).rejects.toMatchObject({ code: role === 'retain' ? REFUSED : PERMISSION_DENIED })
  }
})

type Change = { seq: number; body: string; redaction: object }
const NOTHING_KEPT = { salts: {}, redacted: [] }

async function victimEvent() {
  const [event] = (await listEvents(scope, { type: { include: ['test'], exclude: [] } })).events
  const [row] = await database.owner()`select seq::int, body from events where id = ${event?.id as string}`
  return row as { seq: number; body: string }
}

const redact = (who: TenantScope, notice: number, changes: Change[]) =>
  asRole(
    'spoor_app',
    who.tenantId,
    (sql) => sql`select redact_events(${notice}, ${JSON.stringify(changes)}::text::json)`,
  )

/** A notice of these targets; gives its seq. */
async function announce(targets: number[], who = scope, action = 'trail.redaction'): Promise<number> {
  await add({ type: 'system', action, data: { targets, pointers: [''], reasonCode: 'other' } }, who)
  const [head] =
    await database.owner()`select next_seq::int - 1 as seq from trail_heads where tenant_id = ${who.tenantId}`
  return head?.seq
}

test('an erasure goes through if it is announced, sealed, and only takes away', async () => {
  const { seq, body } = await victimEvent()
  const notice = await announce([seq])
  const { message: _, ...rest } = JSON.parse(body)
  const good = { seq, body: JSON.stringify(rest), redaction: NOTHING_KEPT }
  await expect(redact(scope, notice, [good])).resolves.toBeDefined()
  await expect(
    redact(scope, notice, [{ ...good, body: '{}', redaction: { content: 'x' } }]),
  ).resolves.toBeDefined()
})

test('without a notice, with one of other events, an older one, or one that is none, nothing is erased', async () => {
  const { seq } = await victimEvent()
  const change = { seq, body: '{}', redaction: NOTHING_KEPT }
  await expect(redact(scope, 999_999, [change])).rejects.toMatchObject({ code: REFUSED })
  await expect(redact(scope, await announce([seq + 1]), [change])).rejects.toMatchObject({ code: REFUSED })
  await expect(redact(scope, seq, [change])).rejects.toMatchObject({ code: REFUSED })
  const impostor = await announce([seq], scope, 'erased')
  await expect(redact(scope, impostor, [change])).rejects.toMatchObject({ code: REFUSED })
})

test('nothing is put into an event, exchanged, or erased without what keeps the rest provable', async () => {
  const { seq, body } = await victimEvent()
  const notice = await announce([seq])
  const event = JSON.parse(body)
  const forged = [
    { ...event, message: 'nothing happened' },
    { ...event, more: 1 },
    { ...event, actor: { ...event.actor, login: 'bob' } },
    { ...event, actor: { login: 'ada', type: 'user' } },
    { ...event, actor: {} },
    { ...event, actor: 'ada' },
  ].map((value) => ({ seq, body: JSON.stringify(value), redaction: NOTHING_KEPT }))
  for (const change of [
    ...forged,
    { seq, body: '{}', redaction: {} },
    { seq, body: JSON.stringify({ type: 'test' }), redaction: { content: 'x' } },
  ])
    await expect(redact(scope, notice, [change]), change.body).rejects.toMatchObject({ code: REFUSED })
})

test("another tenant's events, unsealed ones, and what explains others are not erased", async () => {
  const { seq } = await victimEvent()
  const theirs = await announce([seq], other)
  await sealNow()
  const [before] =
    await database.owner()`select body from events where tenant_id = ${scope.tenantId} and seq = ${seq}`
  await redact(other, theirs, [{ seq, body: '{}', redaction: NOTHING_KEPT }]).catch(() => {})
  const [after] =
    await database.owner()`select body from events where tenant_id = ${scope.tenantId} and seq = ${seq}`
  expect(after).toEqual(before)
  const explaining = await announce([seq])
  const fresh = { seq: explaining, body: '{}', redaction: NOTHING_KEPT }
  const notice = await announce([explaining])
  await expect(redact(scope, notice, [fresh])).rejects.toMatchObject({ code: REFUSED })
  await sealNow()
  await expect(redact(scope, notice, [fresh])).rejects.toMatchObject({ code: REFUSED })
})

test('under a legal hold the database itself refuses', async () => {
  const { seq } = await victimEvent()
  const notice = await announce([seq])
  const change = { seq, body: '{}', redaction: NOTHING_KEPT }
  const { id } = await placeHold(scope, { reason: 'Case 1' })
  await expect(redact(scope, notice, [change])).rejects.toThrow('legal hold')
  await releaseHold(scope, { id, reason: 'settled' })
  await expect(redact(scope, notice, [change])).resolves.toBeDefined()
})

test('a hold that is placed while an erasure waits for its turn stops it', async () => {
  const { seq } = await victimEvent()
  const notice = await announce([seq])
  const change = { seq, body: '{}', redaction: NOTHING_KEPT }
  let outcome: Promise<unknown> | undefined
  const id = await inTenant(scope, async (tx) => {
    await lockBlocks(tx, scope.tenantId)
    outcome = redact(scope, notice, [change]).catch((error: Error) => error.message)
    await vi.waitFor(async () => {
      const waiting = await database.owner()`
        select from pg_locks where locktype = 'advisory' and not granted`
      expect(waiting).toHaveLength(1)
    })
    const hold = { tenantId: scope.tenantId, id: randomUUID(), reason: 'Case 2', placedBy: 'counsel' }
    await tx.insert(legalHolds).values(hold)
    return hold.id
  })
  expect(await outcome).toContain('legal hold')
  await releaseHold(scope, { id, reason: 'settled' })
})

test('nobody makes retention drop what came today, whatever stands in the settings', async () => {
  const { tenantId } = other
  const [head] =
    await database.owner()`select next_seq::int as next from trail_heads where tenant_id = ${tenantId}`
  await appendSamples(tenantId, head?.next, 300)
  await sealNow()
  await add({ type: 'system', action: 'trail.retention', data: { minIndex: 256 } }, other)
  const [notice] =
    await database.owner()`select max(seq)::int as seq from events where tenant_id = ${tenantId}`
  for (const days of [1, 0, -36_500]) {
    const drop = asRole('spoor_app', tenantId, async (sql) => {
      await sql`insert into retention_settings (tenant_id, days, updated_by) values (${tenantId}, ${days}, 'x')`
      await sql`set local role spoor_retain`
      return sql`select drop_events(${notice?.seq}, 256)`
    })
    await expect(drop, `${days}`).rejects.toMatchObject({ code: REFUSED })
  }
})
