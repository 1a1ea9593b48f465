import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { newMemberScope } from '@/lib/auth/testing/people'
import { eraseValues } from '@/lib/erasure/erase-values'
import { parseInput } from '@/lib/errors/parse-input'
import { createDestination } from '@/lib/forwarding/create'
import { INPUT_SCHEMAS } from '@/lib/forwarding/input'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { getEventBySeq } from '@/lib/trail/get-by-seq'
import { claimNotification } from './claim-notification'
import { listNotifications } from './list-notifications'
import { listReceipts } from './list-receipts'
import { markRead } from './mark-read'
import { pruneNotifications } from './prune-notifications'
import { readBell } from './read-bell'
import { ringBells } from './ring-bells'
import { appendEvents, EVERYONE, joinWorkspace, ringAbout } from './testing/bells'

const database = useTestDatabase()
let ada: TenantScope

beforeEach(async () => {
  ada = await newMemberScope()
})

const join = (role: 'admin' | 'member' | 'auditor') => joinWorkspace(database.owner(), ada, role)
const claim = (scope: TenantScope, number: number, browser = 'Firefox on Linux') =>
  claimNotification(scope, { number }, browser)

test('what is rung once more with the same key is the same notification, also at the same time', async () => {
  const ring = () => ringAbout(ada, [0], { key: 'batch-1' })
  const numbers = await Promise.all([ring(), ring(), ring(), ring()])
  expect(new Set([...numbers, await ring()]).size).toBe(1)
  expect((await listNotifications(ada)).notes).toHaveLength(1)
})

test('channels that ring at once get numbers of their own, and who has read up to one has missed none below', async () => {
  let isRinging = true
  const seen: number[] = []
  const read = async () => {
    while (isRinging) {
      const after = seen.at(-1) ?? 0
      const { notes } = await listNotifications(ada, { after, limit: 100 })
      seen.push(...notes.map(({ number }) => number).reverse())
    }
  }
  const reading = read()
  const numbers = await Promise.all(Array.from({ length: 60 }, () => ringAbout(ada, [0])))
  isRinging = false
  await reading
  isRinging = true
  const { notes } = await listNotifications(ada, { after: seen.at(-1) ?? 0, limit: 100 })
  const all = [...seen, ...notes.map(({ number }) => number).reverse()]
  expect(all).toEqual(numbers.toSorted((a, b) => a - b))
  expect(new Set(all).size).toBe(60)
})

test('how many people it is for is counted by role', async () => {
  await join('admin')
  await join('auditor')
  const ring = (roles: typeof EVERYONE) =>
    ringBells({
      tenantId: ada.tenantId,
      idempotencyKey: randomUUID(),
      roles,
      message: 'Hello',
      path: 'trail',
    })
  expect((await ring(EVERYONE)).members).toBe(3)
  expect((await ring(['owner', 'admin'])).members).toBe(2)
})

test('a bell rings for the roles that it is for, and follows a role that changes', async () => {
  const [admin, auditor] = [await join('admin'), await join('auditor')]
  const number = await ringAbout(ada, [0], { roles: ['owner', 'admin'] })
  for (const scope of [ada, admin]) {
    expect(await readBell(scope)).toEqual({ unread: 1, newest: number })
    expect((await listNotifications(scope)).notes).toMatchObject([{ number, isUnread: true }])
  }
  expect(await readBell(auditor)).toEqual({ unread: 0, newest: number })
  expect((await listNotifications(auditor)).notes).toEqual([])
  await expect(claim(auditor, number)).rejects.toMatchObject({ code: 'not_found' })
  await database.owner()`update members set role = 'admin' where user_id = ${auditor.principal.id}`
  expect((await listNotifications(auditor)).notes).toHaveLength(1)
})

test('only people have bells', async () => {
  const operator = await scopeForSystem(ada.tenantId, 'CLI')
  await expect(readBell(operator)).rejects.toMatchObject({ code: 'forbidden' })
})

test("another workspace's bell is another one, even where the number is the same", async () => {
  const other = await newMemberScope()
  const number = await ringAbout(ada, [0])
  expect(await readBell(other)).toEqual({ unread: 0, newest: 0 })
  await expect(claim(other, number)).rejects.toMatchObject({ code: 'not_found' })
  expect((await ringAbout(other, [0])) === number).toBe(true)
  await markRead(other, { number })
  expect((await readBell(ada)).unread).toBe(1)
  await claim(ada, number)
  expect(await listReceipts(other, [number])).toEqual(new Map())
})

test('reading goes up to what one has seen, never back, and never to what is yet to come', async () => {
  const first = await ringAbout(ada, [0])
  await ringAbout(ada, [1])
  expect(await markRead(ada, { number: first })).toMatchObject({ unread: 1 })
  expect(await markRead(ada, { number: Number.MAX_SAFE_INTEGER })).toMatchObject({ unread: 0 })
  expect(await markRead(ada, { number: first })).toMatchObject({ unread: 0 })
  await ringAbout(ada, [2])
  expect(await readBell(ada)).toMatchObject({ unread: 1 })
})

test('one person reads for themselves, and what was rung before they came is no news to them', async () => {
  await ringAbout(ada, [0])
  const member = await join('member')
  expect((await readBell(member)).unread).toBe(0)
  expect((await listNotifications(member)).notes).toMatchObject([{ isUnread: false }])
  await ringAbout(ada, [1])
  await markRead(member, { number: 2 })
  expect((await readBell(ada)).unread).toBe(2)
})

test('the bell stops counting at a hundred', async () => {
  await database.owner()`insert into notifications (tenant_id, number, idempotency_key, roles, message)
    select ${ada.tenantId}, n, n::text, '{owner}', 'x' from generate_series(1, 130) n`
  await database.owner()`insert into notification_heads (tenant_id, next_number) values (${ada.tenantId}, 131)`
  expect(await readBell(ada)).toEqual({ unread: 100, newest: 130 })
  const page = await listNotifications(ada, { before: 20, limit: 10 })
  expect(page.notes.map(({ number }) => number)).toEqual([19, 18, 17, 16, 15, 14, 13, 12, 11, 10])
  expect(page.next).toBe(10)
  expect((await listNotifications(ada, { before: 10, limit: 10 })).next).toBeNull()
})

test('the words come from the trail at the moment of reading: what is erased or gone there is not told any more', async () => {
  const [kept = 0, erased = 0] = await appendEvents(ada, [
    { message: 'door one was opened', level: 'error' },
    { message: 'jdoe opened door two', level: 'info' },
  ])
  const gone = 1_000_000
  await ringAbout(ada, [kept, erased, gone], { levels: { error: 1, info: 2 } })
  const single = await ringAbout(ada, [gone])
  const read = async () => (await listNotifications(ada)).notes
  const [alone, several] = await read()
  expect(alone).toMatchObject({ number: single, title: 'An event that is not kept any more', listed: [] })
  expect(alone?.href).toBe(`/${ada.tenantSlug}/notifications?before=${single + 1}`)
  expect(several).toMatchObject({ title: '3 events: 1 error, 2 info', level: 'error' })
  expect(several?.listed.map(({ title }) => title)).toEqual([
    'door one was opened',
    'jdoe opened door two',
    'An event that is not kept any more',
  ])
  const { id } = await getEventBySeq(ada, erased)
  await sealNow()
  await eraseValues(ada, { eventId: id, pointers: ['/message'], reasonCode: 'other' })
  const titles = (await read())[1]?.listed.map(({ title }) => title)
  expect(titles).toEqual(['door one was opened', 'doors: opened', 'An event that is not kept any more'])
})

test('a channel that masks values shows them on no screen', async () => {
  const input = parseInput(INPUT_SCHEMAS.channel.create, { kind: 'desktop', masking: ['hide:actor.login'] })
  const { id: destinationId } = await createDestination(ada, input)
  const [seq = 0] = await appendEvents(ada, [
    { actor: { login: 'jdoe' }, message: 'jdoe opened the door', targets: [{ type: 'door', name: 'seven' }] },
  ])
  const masked = await ringAbout(ada, [seq], { destinationId })
  const plain = await ringAbout(ada, [seq])
  const { notes } = await listNotifications(ada)
  expect(notes.map(({ number, title }) => [number, title])).toEqual([
    [plain, 'jdoe opened the door'],
    [masked, '*** opened the door'],
  ])
  expect(JSON.stringify(await claim(ada, masked))).not.toContain('jdoe')
})

test('only what is old is forgotten, with whom it was shown to', async () => {
  const old = await ringAbout(ada, [0])
  await claim(ada, old)
  const young = await ringAbout(ada, [1])
  await database.owner()`update notifications set at = now() - interval '91 days'
    where tenant_id = ${ada.tenantId} and number = ${old}`
  await pruneNotifications(() => false)
  expect((await listNotifications(ada)).notes).toMatchObject([{ number: young }])
  expect(await listReceipts(ada, [old, young])).toEqual(new Map())
  await expect(ringAbout(ada, [2])).resolves.toBe(young + 1)
})

test('the database lets the engine forget only what is old, and people change nothing that was rung', async () => {
  await ringAbout(ada, [0])
  const as = (role: string, statement: string) =>
    database.owner().begin(async (sql) => {
      await sql.unsafe(`set local role ${role}`)
      await sql`select set_config('spoor.tenant_id', ${ada.tenantId}, true)`
      return sql.unsafe(statement)
    })
  expect((await as('spoor_deliver', 'delete from notifications')).count).toBe(0)
  for (const [role, statement] of [
    ['spoor_app', 'delete from notifications'],
    ['spoor_app', "update notifications set message = ''"],
    ['spoor_app', 'delete from notification_receipts'],
    ['spoor_app', "update notification_receipts set browser = ''"],
    ['spoor_deliver', 'update notifications set at = now()'],
    ['spoor_deliver', 'select user_id from members'],
    ['spoor_deliver', 'select * from notification_readers'],
  ] as const)
    await expect(as(role, statement), statement).rejects.toMatchObject({ code: '42501' })
})
