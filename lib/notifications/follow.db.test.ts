import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { AppError } from '@/lib/errors/app-error'
import { endStreams } from '@/lib/http/open-streams'
import { readMessages, type StreamMessage } from '@/lib/trail/testing/event-stream'
import { listNotifications } from './list-notifications'
import { readBell } from './read-bell'
import { answerNotifications } from './send-notifications'
import { joinWorkspace, ringAbout } from './testing/bells'

const database = useTestDatabase()
let ada: TenantScope

beforeEach(async () => {
  ada = await newMemberScope()
})

async function follow(scope: TenantScope, headers: Record<string, string> = {}, recheck = async () => {}) {
  const request = new Request('http://localhost/acme/notifications/stream', { headers })
  const response = await answerNotifications(scope, request, recheck)
  const messages = readMessages(response.body as ReadableStream<Uint8Array>)
  const next = async (): Promise<StreamMessage> => {
    const { value, done } = await messages.next()
    if (done) throw new Error('the stream has ended')
    return value
  }
  const numbers = async (count: number): Promise<number[]> => {
    const found: number[] = []
    while (found.length < count) {
      const { event, data, id } = await next()
      if (event !== 'message') continue
      expect(JSON.parse(data).note.number).toBe(Number(id))
      found.push(Number(id))
    }
    return found
  }
  return { next, numbers, end: () => messages.return(undefined) }
}

test('it begins now, tells at once what this process rings, and the bell with it', async () => {
  await ringAbout(ada, [0])
  const stream = await follow(ada)
  expect(await stream.next()).toMatchObject({ event: 'position', id: '1' })
  const rungAt = performance.now()
  const number = await ringAbout(ada, [1])
  const { id, data } = await stream.next()
  // The poll alone would take up to a second.
  expect(performance.now() - rungAt).toBeLessThan(900)
  expect(id).toBe(`${number}`)
  expect(JSON.parse(data)).toMatchObject({
    note: { number, isFresh: true },
    bell: { unread: 2, newest: number },
  })
  await stream.end()
})

test('what another process rings arrives too', async () => {
  const stream = await follow(ada)
  await stream.next()
  await database.owner()`insert into notification_heads (tenant_id, next_number) values (${ada.tenantId}, 2)`
  await database.owner()`insert into notifications (tenant_id, number, idempotency_key, roles, message)
    values (${ada.tenantId}, 1, 'elsewhere', '{owner}', 'Hello')`
  expect(await stream.numbers(1)).toEqual([1])
  await stream.end()
})

test('who comes back with the last id gets what came meanwhile, each once and in order', async () => {
  const first = await follow(ada)
  await first.next()
  for (let i = 0; i < 3; i++) await ringAbout(ada, [i])
  const begun = await first.numbers(2)
  await first.end()
  for (let i = 0; i < 45; i++) await ringAbout(ada, [i])
  const again = await follow(ada, { 'last-event-id': `${begun.at(-1)}` })
  const rest = await again.numbers(46)
  await again.end()
  expect([...begun, ...rest]).toEqual(Array.from({ length: 48 }, (_, i) => i + 1))
})

test('who was away for long gets the newest hundred, and finds the others in the bell', async () => {
  await database.owner()`insert into notifications (tenant_id, number, idempotency_key, roles, message)
    select ${ada.tenantId}, n, n::text, '{owner}', 'x' from generate_series(1, 150) n`
  await database.owner()`insert into notification_heads (tenant_id, next_number) values (${ada.tenantId}, 151)`
  const stream = await follow(ada, { 'last-event-id': '3' })
  expect((await stream.numbers(100)).at(0)).toBe(51)
  await stream.end()
  expect((await listNotifications(ada, { before: 51 })).notes).toHaveLength(25)
})

test('nobody is told what is for others: another role, another workspace', async () => {
  const auditor = await joinWorkspace(database.owner(), ada, 'auditor')
  const other = await newMemberScope()
  const [streams, foreign] = [await follow(auditor), await follow(other)]
  await ringAbout(ada, [0], { roles: ['owner', 'admin'] })
  const number = await ringAbout(ada, [1])
  expect(await streams.numbers(1)).toEqual([number])
  const theirs = await ringAbout(other, [0])
  expect(await foreign.numbers(1)).toEqual([theirs])
  await streams.end()
  await foreign.end()
})

test('who is signed out is told nothing from some seconds on', async () => {
  let isSignedIn = true
  const stream = await follow(ada, {}, async () => {
    if (!isSignedIn) throw new AppError('unauthenticated', 'You are signed out.')
  })
  await stream.next()
  isSignedIn = false
  await expect(stream.next()).rejects.toThrow('has ended')
}, 15_000)

test('a stopping server ends it cleanly', async () => {
  const stream = await follow(ada)
  await stream.next()
  endStreams()
  await expect(stream.next()).rejects.toThrow('has ended')
})

test('a person follows in ten browsers at most, and whoever leaves makes room', async () => {
  const streams = await Promise.all(Array.from({ length: 10 }, () => follow(ada)))
  for (const stream of streams) await stream.next()
  await expect(follow(ada)).rejects.toMatchObject({ code: 'rate_limited' })
  await streams[0]?.end()
  const late = await follow(ada)
  await late.next()
  await ringAbout(ada, [0])
  expect(await late.numbers(1)).toEqual([1])
  for (const stream of [...streams, late]) await stream.end()
  expect(await readBell(ada)).toMatchObject({ unread: 1 })
})
