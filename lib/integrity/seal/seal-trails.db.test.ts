import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { acceptEvent } from '@/lib/event/accept-event'
import { requestEpoch, requestRotation } from '@/lib/integrity/log/requests'
import { policyOf } from '@/lib/integrity/testing/seal-now'
import { MASTER_SECRET } from '@/lib/integrity/testing/sealed-log'
import { verifierOf } from '@/lib/integrity/testing/verify-lines'
import { NaiveTree } from '@/lib/integrity/tree/testing/naive-tree'
import { openCheckpoint } from '@/lib/integrity/verify/open-checkpoint'
import { append } from '@/lib/trail/append'
import { toEventRow } from '@/lib/trail/event-row'
import { LogSigner } from './log-signer'
import { PublishedHeads } from './published-heads'
import { sealTrails } from './seal-trails'

const database = useTestDatabase()
let dir: string
let published: PublishedHeads

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'spoor-seal-'))
  published = new PublishedHeads(join(dir, 'published'))
})
afterEach(() => {
  published.close()
  rmSync(dir, { recursive: true })
})

const seal = (over: { now?: () => number; signer?: LogSigner; published?: PublishedHeads } = {}) =>
  sealTrails({ signer: new LogSigner(MASTER_SECRET), published, now: Date.now, budgetMs: 60_000, ...over })

async function addEvents({ tenantId }: TenantScope, count: number): Promise<void> {
  const receivedAt = new Date().toISOString()
  const rows = Array.from({ length: count }, (_, n) => {
    const acceptance = acceptEvent({ type: 'account', action: 'signed in', data: { n } }, receivedAt)
    if ('violations' in acceptance) throw new Error('the sample event is not valid')
    return toEventRow({ tenantId, idKey: new Uint8Array() }, acceptance.accepted, 'system', receivedAt)
  })
  await append(rows)
}

const headOf = async ({ tenantId }: TenantScope) => {
  const [head] = await database.owner()`
    select h.*, h.size::int as size, l.origin, l.log_id from log_heads h join logs l using (tenant_id, epoch)
    where tenant_id = ${tenantId}`
  if (!head) throw new Error('the log is not open')
  return head
}

/** The whole tree from the rows alone, by the naive definition of RFC 6962. */
async function naiveTree({ tenantId }: TenantScope): Promise<NaiveTree> {
  const rows = await database.owner()`select leaf_hash from events where tenant_id = ${tenantId} order by seq`
  return new NaiveTree(rows.map(({ leaf_hash }) => leaf_hash))
}

async function expectSealed(scope: TenantScope): Promise<void> {
  const head = await headOf(scope)
  const tree = await naiveTree(scope)
  const [trail] =
    await database.owner()`select next_seq::int as next from trail_heads where tenant_id = ${scope.tenantId}`
  expect(head.size).toBe(trail?.next)
  expect(head.root).toEqual(tree.root(0, head.size))
  const opened = await openCheckpoint(head.note, verifierOf(await policyOf(scope)), 'The head')
  expect(opened).toMatchObject({ origin: head.origin, size: head.size, witnesses: ['clock'] })
  const tiles = await database.owner()`
    select level, idx::int as idx, data, root from log_tiles where tenant_id = ${scope.tenantId} order by level, idx`
  const expected = tree.tiles(head.size)
  const full = [...expected].filter(([, data]) => data.length === 8192)
  expect(tiles.map(({ level, idx }) => `${level}/${idx}`).sort()).toEqual(full.map(([key]) => key).sort())
  for (const { level, idx, data } of tiles) expect(data).toEqual(expected.get(`${level}/${idx}`))
}

test('a trail is sealed to its end whatever its size, and every tile is that of the naive tree', async () => {
  const scope = await newMemberScope()
  await seal()
  await expectSealed(scope)
  for (const more of [1, 200, 52, 1, 256, 255, 1, 1, 700]) {
    await addEvents(scope, more)
    const { events } = await seal()
    expect(events).toBe(more)
    await expectSealed(scope)
  }
  expect(await seal()).toEqual({ opened: 0, logs: 0, events: 0, refused: 0 })
})

test('tiles of the second level are made from those below, also when they were sealed long before', async () => {
  const scope = await newMemberScope()
  for (let part = 0; part < 3; part++) {
    await addEvents(scope, 20_000)
    await seal()
  }
  await addEvents(scope, 6_000)
  await seal()
  await expectSealed(scope)
  const [upper] =
    await database.owner()`select * from log_tiles where tenant_id = ${scope.tenantId} and level = 1`
  expect(upper?.idx).toBe('0')
}, 60_000)

test('a quiet log is signed anew each hour, and time never goes back', async () => {
  const scope = await newMemberScope()
  let now = Date.now()
  await seal({ now: () => now })
  const first = await headOf(scope)
  now -= 2 * 3_600_000
  await addEvents(scope, 1)
  await seal({ now: () => now })
  const second = await headOf(scope)
  expect(second.size).toBe(first.size + 1)
  expect(second.signed_at).toEqual(first.signed_at)
  now = first.signed_at.getTime() + 3_600_001
  await seal({ now: () => now })
  const third = await headOf(scope)
  expect(third).toMatchObject({ size: second.size, root: second.root })
  expect(third.signed_at.getTime()).toBe(Math.floor(now / 1000) * 1000)
})

test('with a database behind what was published nothing is signed, until a new epoch says so', async () => {
  const [scope, other] = [await newMemberScope(), await newMemberScope()]
  await addEvents(scope, 300)
  await seal()
  const lost = await headOf(scope)
  // As a restored backup has it: the tail, its tile and the head of an hour ago.
  const sql = database.owner()
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    const tree = await naiveTree(scope)
    await tx`delete from events where tenant_id = ${scope.tenantId} and seq >= 3`
    await tx`delete from log_tiles where tenant_id = ${scope.tenantId}`
    await tx`update trail_heads set next_seq = 3 where tenant_id = ${scope.tenantId}`
    const frontier = Buffer.concat([tree.root(0, 2), tree.root(2, 3)])
    await tx`update log_heads set size = 3, root = ${tree.root(0, 3)}, frontier = ${frontier} where tenant_id = ${scope.tenantId}`
  })
  await addEvents(scope, 1)
  await addEvents(other, 1)
  expect(await seal()).toMatchObject({ refused: 1 })
  expect(await headOf(scope)).toMatchObject({ size: 3, refused: expect.stringContaining('published') })
  await expectSealed(other)
  await addEvents(scope, 1)
  expect(await seal()).toMatchObject({ logs: 0, refused: 0 })

  await requestEpoch(scope, { reason: 'restored from the backup of the night' })
  await seal()
  const opened = await headOf(scope)
  expect(opened).toMatchObject({ epoch: 1, refused: null })
  expect(opened.origin).not.toBe(lost.origin)
  await expectSealed(scope)
  const [event] =
    await sql`select body from events where tenant_id = ${scope.tenantId} and action = 'trail.log.opened'`
  expect(JSON.parse(event?.body).data).toEqual({
    previousOrigin: lost.origin,
    previousCheckpoint: lost.note,
    reason: 'restored from the backup of the night',
  })
  const [closed] =
    await sql`select final_size::int as size, final_note from logs where tenant_id = ${scope.tenantId} and epoch = 0`
  expect(closed).toMatchObject({ size: 3 })
})

test('what was published survives the process, and a line that a crash cut off', async () => {
  const scope = await newMemberScope()
  await addEvents(scope, 2)
  await seal()
  const { log_id, note, size } = await headOf(scope)
  const again = new PublishedHeads(join(dir, 'published'))
  expect(again.get(log_id)).toMatchObject({ size, note })
  again.close()
})

test('after a rotation both keys sign, and either is believed', async () => {
  const scope = await newMemberScope()
  await seal()
  const oldPolicy = await policyOf(scope)
  await requestRotation(scope, { reason: 'every year' })
  await seal()
  const head = await headOf(scope)
  expect(head.note.split('\n').filter((line: string) => line.startsWith('\u2014'))).toHaveLength(3)
  await openCheckpoint(head.note, verifierOf(oldPolicy), 'The head')
  const [, newKey] = (await policyOf(scope)).split('\n').sort()
  expect(newKey).toContain('log ')
  const keys =
    await database.owner()`select number, vkey, retires_at from log_keys where tenant_id = ${scope.tenantId} order by number`
  expect(keys).toMatchObject([
    { number: 0, retires_at: expect.any(Date) },
    { number: 1, retires_at: null },
  ])
  const onlyNew = oldPolicy.replace(keys[0]?.vkey, keys[1]?.vkey)
  await openCheckpoint(head.note, verifierOf(onlyNew), 'The head')
  await expectSealed(scope)
})

test('one key after the other, but not so many that no verifier reads the notes, nor two epochs by a second click', async () => {
  const scope = await newMemberScope()
  await seal()
  const because = { reason: 'again and again' }
  await requestRotation(scope, because)
  await expect(requestRotation(scope, because)).rejects.toThrow('asked for already')
  for (let keys = 2; keys < 8; keys++) {
    await seal()
    await requestRotation(scope, because)
  }
  await seal()
  await expect(requestRotation(scope, because)).rejects.toThrow('8 keys sign')
  await requestEpoch(scope, because)
  await expect(requestEpoch(scope, because)).rejects.toThrow('asked for already')
  await seal()
  await expectSealed(scope)
  expect(await headOf(scope)).toMatchObject({ epoch: 1 })
})

test('another master secret signs nothing in the name of a log, until an epoch says that it takes over', async () => {
  const scope = await newMemberScope()
  await seal()
  const before = await policyOf(scope)
  await addEvents(scope, 1)
  const warned = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const other = { signer: new LogSigner(Buffer.alloc(32, 7)) }
  const { refused } = await seal(other)
  expect(refused).toBeGreaterThan(0)
  expect((await headOf(scope)).refused).toContain('master secret')
  const late = await newMemberScope()
  expect(await seal(other)).toMatchObject({ opened: 0 })
  expect(warned.mock.calls.join()).toContain('No log is opened for new trails')

  await requestEpoch(scope, { reason: 'the secret is lost' })
  await seal(other)
  const head = await headOf(scope)
  expect(head).toMatchObject({ epoch: 1, refused: null })
  const clocks = await database.owner()`select vkey from clock_keys order by number`
  expect(clocks).toHaveLength(2)
  const policy = (await policyOf(scope)).replace(/^witness .*$/m, `witness clock ${clocks[1]?.vkey}`)
  await openCheckpoint(head.note, verifierOf(policy), 'The head')
  await expect(openCheckpoint(head.note, verifierOf(before), 'The head')).rejects.toThrow()
  expect(await seal(other)).toMatchObject({ opened: 1 })
  expect(await headOf(late)).toMatchObject({ epoch: 0, refused: null })
  // Put back, the first secret signs what is its own with its own clock, and nothing else.
  const own = await newMemberScope()
  await seal()
  await openCheckpoint((await headOf(own)).note, verifierOf(await policyOf(own)), 'The head')
})

test('no epoch signs a root that somebody put into the database', async () => {
  const scope = await newMemberScope()
  await seal()
  await database.owner().begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`update log_heads set root = ${Buffer.alloc(32, 5)} where tenant_id = ${scope.tenantId}`
  })
  await addEvents(scope, 1)
  const warned = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await seal()
  const refused = await headOf(scope)
  expect(refused.refused).toContain('changed by hand')
  await requestEpoch(scope, { reason: 'let us try it' })
  await seal()
  await seal()
  expect(await headOf(scope)).toMatchObject({ epoch: 0, note: refused.note })
  const told = warned.mock.calls.filter(([line]) => String(line).includes('No epoch is opened'))
  expect(told).toHaveLength(1)
})

test('a log that can not be sealed holds up none of those that are sealed with it', async () => {
  const [scope, other] = [await newMemberScope(), await newMemberScope()]
  await seal()
  await database.owner()`
    insert into log_tiles (tenant_id, level, idx, data, root)
    values (${scope.tenantId}, 0, 0, ${Buffer.alloc(8192)}, ${Buffer.alloc(32)})`
  await addEvents(scope, 300)
  await addEvents(other, 5)
  const warned = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await seal()
  await expectSealed(other)
  expect(warned.mock.calls.join()).toContain('log_tiles')
  expect((await headOf(scope)).size).toBeLessThan(256)
})

test('a sealed event that is exchanged before its tile is full is not sealed a second time', async () => {
  const scope = await newMemberScope()
  await addEvents(scope, 10)
  await seal()
  await database.owner().begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`update events set leaf_hash = ${Buffer.alloc(32, 1)} where tenant_id = ${scope.tenantId} and seq = 5`
  })
  await addEvents(scope, 1)
  expect(await seal()).toMatchObject({ refused: 1 })
  expect((await headOf(scope)).refused).toContain('no longer the one')
})

test('the log of a trail that is older than it begins before the first event', async () => {
  const scope = await newMemberScope()
  const sql = database.owner()
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`update events set received_at = received_at - interval '1 year' where tenant_id = ${scope.tenantId}`
  })
  await seal()
  const [first] = await sql`select min(received_at) as at from events where tenant_id = ${scope.tenantId}`
  const [kept] =
    await sql`select signed_at, size::int as size from log_checkpoints where tenant_id = ${scope.tenantId} order by size`
  expect(kept?.size).toBe(0)
  expect(kept?.signed_at.getTime()).toBe(Math.floor(first?.at.getTime() / 1000) * 1000)
})
