import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { claimNotification } from './claim-notification'
import { listReceipts } from './list-receipts'
import { FRESH_MINUTES } from './read-notes'
import { ringBells } from './ring-bells'
import { appendEvents, EVERYONE, joinWorkspace, ringAbout } from './testing/bells'

const database = useTestDatabase()
let ada: TenantScope

beforeEach(async () => {
  ada = await newMemberScope()
})

const claim = (scope: TenantScope, number: number, browser = 'Firefox on Linux') =>
  claimNotification(scope, { number }, browser)
const SHOWN = { show: false, why: 'shown' }

test('of all browsers and tabs of a person one shows it, and which one is on record', async () => {
  const [seq = 0] = await appendEvents(ada, [{ message: 'the door was opened' }])
  const number = await ringAbout(ada, [seq])
  const browsers = Array.from({ length: 8 }, (_, i) => `Firefox ${i} on Linux`)
  const answers = await Promise.all(browsers.map((browser) => claim(ada, number, browser)))
  const winner = answers.findIndex(({ show }) => show)
  expect(answers.filter(({ show }) => show)).toMatchObject([{ title: 'the door was opened', level: 'info' }])
  expect(answers.filter(({ show }) => !show)).toEqual(Array.from({ length: 7 }, () => SHOWN))
  const receipts = await listReceipts(ada, [number])
  expect(receipts.get(number)).toMatchObject({
    people: 1,
    receipts: [{ login: ada.principal.login, browser: browsers[winner] }],
  })
})

test('each person is shown it', async () => {
  const bob = await joinWorkspace(database.owner(), ada, 'auditor')
  const number = await ringAbout(ada, await appendEvents(ada, [{}]))
  expect(await claim(ada, number)).toMatchObject({ show: true })
  expect(await claim(bob, number)).toMatchObject({ show: true })
  expect((await listReceipts(ada, [number])).get(number)?.people).toBe(2)
})

test('an event that came by several channels at once is shown once', async () => {
  const [seq = 0] = await appendEvents(ada, [{}])
  const numbers = await Promise.all(Array.from({ length: 6 }, () => ringAbout(ada, [seq])))
  const answers = await Promise.all(numbers.map((number) => claim(ada, number)))
  expect(answers.filter(({ show }) => show)).toHaveLength(1)
  expect(await claim(ada, await ringAbout(ada, [seq]))).toEqual(SHOWN)
})

test('of events that come together only those are shown that were not shown before', async () => {
  const seqs = await appendEvents(ada, [
    { message: 'first', level: 'error' },
    { message: 'second', level: 'warning' },
    { message: 'third' },
  ])
  const [first = 0, second = 0, third = 0] = seqs
  await claim(ada, await ringAbout(ada, [first]))
  const rest = await claim(ada, await ringAbout(ada, [first, second, third]))
  expect(rest).toMatchObject({
    show: true,
    title: '2 events: 1 warning, 1 info',
    body: 'second\nthird',
    level: 'warning',
  })
  expect(await claim(ada, await ringAbout(ada, [second, third]))).toEqual(SHOWN)
  // It tells of more than it lists: that there are so many is news.
  const flood = await claim(
    ada,
    await ringAbout(ada, [first, second], { events: 5_000, levels: { info: 5_000 } }),
  )
  expect(flood).toMatchObject({ show: true, title: '5,000 events: 5,000 info', body: 'Level info' })
})

test('an alarm is news although its event was shown, and the event although the alarm was', async () => {
  const [seq = 0] = await appendEvents(ada, [{ message: 'wrong password', actor: { login: 'jdoe' } }])
  const rule = { count: 10, withinSeconds: 300, per: 'actor' as const }
  const alarm = await ringAbout(ada, [seq], { rule, events: 10 })
  expect(await claim(ada, alarm)).toMatchObject({ show: true, title: '10 events by jdoe within 5 minutes' })
  expect(await claim(ada, alarm)).toEqual(SHOWN)
  expect(await claim(ada, await ringAbout(ada, [seq]))).toMatchObject({ show: true })
})

test('what is older than some minutes only waits in the bell', async () => {
  const number = await ringAbout(ada, await appendEvents(ada, [{}]))
  await database.owner()`update notifications set at = now() - make_interval(mins => ${FRESH_MINUTES}, secs => 1)
    where tenant_id = ${ada.tenantId}`
  expect(await claim(ada, number)).toEqual({ show: false, why: 'old' })
  expect(await listReceipts(ada, [number])).toEqual(new Map())
})

test('words of our own are shown as they are, and lead to their place', async () => {
  const { number } = await ringBells({
    tenantId: ada.tenantId,
    idempotencyKey: randomUUID(),
    roles: EVERYONE,
    message: 'Splunk has been failing for an hour',
    path: 'forwarding/7',
  })
  expect(await claim(ada, number)).toEqual({
    show: true,
    title: 'Splunk has been failing for an hour',
    body: '',
    href: `/${ada.tenantSlug}/forwarding/7`,
    level: null,
  })
})

test('what events say is one short line of plain text', async () => {
  const seqs = await appendEvents(ada, [
    { message: `a\u202eb \u0007${'x'.repeat(100)}` },
    { message: 'fine' },
  ])
  const answer = await claim(ada, await ringAbout(ada, seqs))
  expect(answer).toMatchObject({ body: `a‹U+202E›b ${'x'.repeat(100)}\nfine` })
  const long = await appendEvents(ada, [{ message: 'y'.repeat(5_000), actor: { login: 'z'.repeat(200) } }])
  const cut = await claim(ada, await ringAbout(ada, long))
  expect(cut.show && cut.title.length).toBeLessThanOrEqual(160)
})
