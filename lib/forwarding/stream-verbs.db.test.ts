import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { TenantScope } from '@/lib/access/scope'
import { addDestination, appendNumbered, messagesIn } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { answerWith } from '@/lib/http/testing/loopback-receiver'
import { listEvents } from '@/lib/trail/list'
import { cancelReplay } from './cancel-replay'
import { listEventDeliveries } from './event-deliveries'
import { getDestination } from './get'
import { listAttempts } from './list-attempts'
import { listDeadLetters } from './list-dead-letters'
import { listMatchedEvents } from './list-matched-events'
import { listRemovedDestinations } from './list-removed'
import { listUnsentEvents } from './list-unsent-events'
import { pauseDestination } from './pause'
import { readHours } from './read-hours'
import { removeDestination } from './remove'
import { replayEvents } from './replay-events'
import { restoreDestination } from './restore'
import { resumeDestination } from './resume'
import { retryNow } from './retry-now'
import { previewSkip, skipEvents } from './skip-events'

const given = useDeliveries()

const relayTo = (changes: Record<string, unknown> = {}) =>
  addDestination(given.scope, { url: given.receiver.url, types: ['relay'], ...changes })
const messages = ({ events }: { events: { message?: string | undefined }[] }) =>
  events.map(({ message }) => message)
const sent = () => messagesIn(given.receiver.received)
const conflict = expect.objectContaining({ code: 'conflict' })
const invalid = expect.objectContaining({ code: 'invalid' })
const notFound = expect.objectContaining({ code: 'not_found' })

async function seqOf(message: string): Promise<number> {
  const { events } = await listEvents(given.scope, {}, { limit: 1000 })
  return events.find((event) => event.message === message)?.seq ?? Number.NaN
}

async function lastOwnEvent(): Promise<{ code: string; data: Record<string, unknown>; message: string }> {
  const [row] = await given.owner()`
    select code, body, message from events where tenant_id = ${given.scope.tenantId} and code like 'DESTINATION%'
    order by seq desc limit 1`
  return { code: row?.code, message: row?.message, data: JSON.parse(row?.body).data }
}

test('matched and unsent events are what was sent and what waits, page by page', async () => {
  const id = await relayTo()
  await appendNumbered(given.scope, 5)
  await given.run()
  await pauseDestination(given.scope, { id })
  await appendNumbered(given.scope, 3, (i) => ({ message: `late${i}` }))

  const first = await listMatchedEvents(given.scope, id, { limit: 3 })
  expect(messages(first)).toEqual(['n4', 'n3', 'n2'])
  const second = await listMatchedEvents(given.scope, id, { limit: 3, cursor: first.next ?? '' })
  expect(messages(second)).toEqual(['n1', 'n0'])
  expect(second.next).toBeNull()

  const waiting = await listUnsentEvents(given.scope, id, { limit: 2 })
  expect(messages(waiting)).toEqual(['late0', 'late1'])
  expect(messages(await listUnsentEvents(given.scope, id, { cursor: waiting.next ?? '' }))).toEqual(['late2'])
  await expect(listUnsentEvents(given.scope, id, { cursor: 'x' })).rejects.toEqual(invalid)
})

test('each matched event is judged by the filter of its time, and nothing of before the beginning is among them', async () => {
  await appendNumbered(given.scope, 2, () => ({ message: 'before' }))
  const id = await relayTo()
  await appendNumbered(given.scope, 2)
  await given.edit(id, { types: ['relay'], levels: ['error'] })
  await appendNumbered(given.scope, 4, (i) => ({
    message: `e${i}`,
    level: i % 2 === 0 ? 'error' : 'info',
  }))
  await given.run()
  expect(messages(await listMatchedEvents(given.scope, id))).toEqual(['e2', 'e0', 'n1', 'n0'])
  expect(messages(await listUnsentEvents(given.scope, id))).toEqual([])
})

test('what was set aside is a dead letter and not a matched event, until a replay gets it through', async () => {
  const id = await relayTo()
  await appendNumbered(given.scope, 4)
  given.receiver.answer(({ body }, response) => {
    response.writeHead(messagesIn([{ body }]).includes('n2') ? 400 : 200).end('no n2')
  })
  await given.run()
  await given.makeDue()
  await given.run()
  expect(messages(await listMatchedEvents(given.scope, id))).toEqual(['n3', 'n1', 'n0'])
  const { deadLetters } = await listDeadLetters(given.scope, id)
  const seq = await seqOf('n2')
  expect(deadLetters).toMatchObject([{ seq, answer: 'no n2', resolvedAt: null }])
  expect(deadLetters[0]?.eventId).toMatch(/^[0-9a-f-]{36}$/)

  given.receiver.answer(answerWith(200, 'welcome'))
  expect(await replayEvents(given.scope, { id, what: 'dead' })).toMatchObject({
    fromSeq: seq,
    throughSeq: seq,
    onlyDead: true,
    state: 'running',
  })
  expect(await lastOwnEvent()).toMatchObject({ code: 'DESTINATION_REPLAYED', data: { what: 'dead' } })
  given.receiver.received.length = 0
  await given.makeDue()
  await given.run()
  expect(sent()).toEqual(['n2'])
  expect(messages(await listMatchedEvents(given.scope, id))).toEqual(['n3', 'n2', 'n1', 'n0'])
  expect((await listDeadLetters(given.scope, id)).deadLetters[0]?.resolvedAt).toBeInstanceOf(Date)
  expect((await getDestination(given.scope, id)).replays).toMatchObject([{ state: 'done', sentEvents: 1 }])
  await expect(replayEvents(given.scope, { id, what: 'dead' })).rejects.toEqual(invalid)
})

test('a replay takes a range by places or times, and never what is still to be sent', async () => {
  const id = await relayTo()
  await appendNumbered(given.scope, 4)
  await given.run()
  await pauseDestination(given.scope, { id })
  await appendNumbered(given.scope, 2, () => ({ message: 'unsent' }))
  const [from, to] = [await seqOf('n1'), await seqOf('n2')]
  const { nextSeq } = (await given.rows('delivery_streams', id)).map((row) => ({
    nextSeq: Number(row.next_seq),
  }))[0] as { nextSeq: number }

  const range = await replayEvents(given.scope, { id, what: 'range', fromSeq: from, throughSeq: to })
  expect(range).toMatchObject({ fromSeq: from, throughSeq: to, nextSeq: from, onlyDead: false })
  const since = await replayEvents(given.scope, { id, what: 'since', from: '2020-01-01T00:00:00Z' })
  expect(since).toMatchObject({ fromSeq: 0, throughSeq: nextSeq - 1 })
  await expect(
    replayEvents(given.scope, { id, what: 'since', from: '2999-01-01T00:00:00Z' }),
  ).rejects.toEqual(invalid)
  await cancelReplay(given.scope, { id, replayId: since.id })
  const again = await cancelReplay(given.scope, { id, replayId: since.id })
  expect(again).toMatchObject({ state: 'cancelled', finishedAt: expect.any(Date) })
  expect(await lastOwnEvent()).toMatchObject({ code: 'DESTINATION_REPLAY_CANCELLED' })
  expect((await getDestination(given.scope, id)).stats.runningReplays).toBe(1)
  await expect(cancelReplay(given.scope, { id, replayId: id })).rejects.toEqual(notFound)

  given.receiver.received.length = 0
  await resumeDestination(given.scope, { id })
  await given.run()
  expect(sent().sort()).toEqual(['n1', 'n2', 'unsent', 'unsent'])
  expect((await getDestination(given.scope, id)).stats.runningReplays).toBe(0)
})

test('at most ten replays of a destination run', async () => {
  const id = await relayTo()
  await appendNumbered(given.scope, 1)
  await given.run()
  await pauseDestination(given.scope, { id })
  for (let i = 0; i < 10; i++) await replayEvents(given.scope, { id, what: 'since', fromSeq: 0 })
  await expect(replayEvents(given.scope, { id, what: 'since', fromSeq: 0 })).rejects.toEqual(conflict)
})

test('skipped events are never sent, with the reason on record, and a running send cannot set it back', async () => {
  const id = await relayTo()
  given.receiver.answer(answerWith(503, 'busy'))
  await appendNumbered(given.scope, 6)
  await given.run()
  const throughSeq = await seqOf('n3')
  expect(await previewSkip(given.scope, { id, throughSeq })).toEqual({ events: 4, isCapped: false })
  expect(await previewSkip(given.scope, { id })).toEqual({ events: 6, isCapped: false })
  await expect(skipEvents(given.scope, { id, throughSeq: 99_999, reason: 'too far' })).rejects.toEqual(
    invalid,
  )

  await given.owner()`update delivery_streams set lease_token = gen_random_uuid(), lease_until = now() + interval '1 min'`
  const skipped = await skipEvents(given.scope, { id, throughSeq, reason: 'index rebuilt' })
  expect(skipped.throughSeq).toBe(throughSeq)
  const [stream] = await given.rows('delivery_streams', id)
  expect(stream).toMatchObject({ next_seq: String(throughSeq + 1), lease_token: null, lease_until: null })
  expect((await given.rows('delivery_batches', id)).map(({ state }) => state)).toEqual(['replaced'])
  expect(await lastOwnEvent()).toMatchObject({
    code: 'DESTINATION_EVENTS_SKIPPED',
    data: { ...skipped, reason: 'index rebuilt' },
  })
  await expect(skipEvents(given.scope, { id, throughSeq, reason: 'again' })).rejects.toEqual(invalid)

  given.receiver.received.length = 0
  given.receiver.answer(answerWith(200, 'ok'))
  await given.makeDue()
  await given.run()
  expect(sent()).toEqual(['n4', 'n5'])
  expect(messages(await listMatchedEvents(given.scope, id))).toEqual(['n5', 'n4'])
  const [delivery] = await listEventDeliveries(given.scope, throughSeq)
  expect(delivery).toMatchObject({ outcome: 'skipped', reason: 'index rebuilt' })
  expect((await getDestination(given.scope, id)).skips).toMatchObject([
    { throughSeq, reason: 'index rebuilt' },
  ])

  await replayEvents(given.scope, { id, what: 'range', fromSeq: throughSeq, throughSeq })
  await given.run()
  expect(sent()).toEqual(['n4', 'n5', 'n3'])
  expect((await listEventDeliveries(given.scope, throughSeq))[0]).toMatchObject({ outcome: 'sent' })
})

test('resuming goes on where it stopped, at a moment, or with what comes now', async () => {
  const id = await relayTo()
  await pauseDestination(given.scope, { id })
  await appendNumbered(given.scope, 1, () => ({ message: 'old' }))
  await sleep(20)
  const at = new Date().toISOString()
  await sleep(20)
  await appendNumbered(given.scope, 1, () => ({ message: 'young' }))
  for (const wrong of ['2020-01-01T00:00:00Z', new Date(Date.now() + 3_600_000).toISOString()])
    await expect(resumeDestination(given.scope, { id, from: 'time', at: wrong })).rejects.toEqual(invalid)
  await resumeDestination(given.scope, { id, from: 'time', at, reason: 'old ones are known' })
  expect(await lastOwnEvent()).toMatchObject({
    code: 'DESTINATION_RESUMED',
    data: { from: 'time', reason: 'old ones are known', skipped: { throughSeq: await seqOf('old') } },
  })
  await given.run()
  expect(sent()).toEqual(['young'])
  await expect(resumeDestination(given.scope, { id, from: 'now' })).rejects.toEqual(conflict)

  await pauseDestination(given.scope, { id })
  await appendNumbered(given.scope, 2, () => ({ message: 'never' }))
  await resumeDestination(given.scope, { id, from: 'now' })
  await appendNumbered(given.scope, 1, () => ({ message: 'next' }))
  await given.run()
  expect(sent()).toEqual(['young', 'next'])
})

test('one that Spoor disabled keeps its reason through an edit, and begins afresh when it is resumed', async () => {
  const id = await relayTo()
  await given.owner()`update delivery_streams set state = 'disabled', reason = 'gone', consecutive_failures = 9,
    first_failure_at = now() - interval '6 days', spaced_failures = 7, warnings = 3, breaker = 'open'`
  await given.edit(id, { types: ['relay'], note: 'mended' })
  expect(await getDestination(given.scope, id)).toMatchObject({ state: 'disabled', reason: 'gone' })
  await expect(retryNow(given.scope, { id })).rejects.toEqual(conflict)
  await resumeDestination(given.scope, { id })
  expect(await lastOwnEvent()).toMatchObject({ data: { from: 'cursor', disabledFor: 'gone' } })
  const [stream] = await given.rows('delivery_streams', id)
  expect(stream).toMatchObject({
    state: 'active',
    reason: null,
    consecutive_failures: 0,
    first_failure_at: null,
    spaced_failures: 0,
    warnings: 0,
    breaker: 'closed',
  })
})

test('a retry is due at once', async () => {
  const id = await relayTo()
  given.receiver.answer(answerWith(503, 'busy'))
  await appendNumbered(given.scope, 1)
  await given.run()
  await given.owner()`update delivery_streams set due_at = now() + interval '1 hour'`
  given.receiver.answer(answerWith(200, 'ok'))
  await given.run()
  expect(given.receiver.received).toHaveLength(1)
  await retryNow(given.scope, { id })
  expect(await lastOwnEvent()).toMatchObject({ code: 'DESTINATION_RETRIED', data: { failures: 1 } })
  await given.run()
  expect(given.receiver.received).toHaveLength(2)
})

test('a removed destination comes back as it was, where it was, and gets what came meanwhile', async () => {
  const id = await relayTo()
  const off = await relayTo({ note: 'off' })
  await pauseDestination(given.scope, { id: off })
  await appendNumbered(given.scope, 1)
  await given.run()
  await removeDestination(given.scope, { id })
  await removeDestination(given.scope, { id: off })
  await appendNumbered(given.scope, 2, () => ({ message: 'meanwhile' }))
  await given.run()
  expect((await listRemovedDestinations(given.scope)).map((removed) => removed.id)).toEqual([off, id])

  await restoreDestination(given.scope, { id })
  await restoreDestination(given.scope, { id: off })
  expect(await lastOwnEvent()).toMatchObject({ code: 'DESTINATION_RESTORED' })
  expect(await listRemovedDestinations(given.scope)).toEqual([])
  await given.run()
  expect(sent()).toEqual(['n0', 'meanwhile', 'meanwhile'])
  expect((await getDestination(given.scope, off)).state).toBe('paused')
  await expect(restoreDestination(given.scope, { id })).rejects.toEqual(notFound)

  await removeDestination(given.scope, { id })
  await given.owner()`update destinations set removed_at = now() - interval '31 days' where id = ${id}`
  expect(await listRemovedDestinations(given.scope)).toEqual([])
  await expect(restoreDestination(given.scope, { id })).rejects.toEqual(notFound)
})

test('what retention dropped while it was removed stands on record when it is restored', async () => {
  const id = await relayTo()
  await appendNumbered(given.scope, 3)
  await removeDestination(given.scope, { id })
  await given.owner()`update trail_heads set first_seq = 3 where tenant_id = ${given.scope.tenantId}`
  await given.owner()`update delivery_streams set next_seq = 1 where destination_id = ${id}`
  await restoreDestination(given.scope, { id })
  expect((await getDestination(given.scope, id)).skips).toMatchObject([{ fromSeq: 1, throughSeq: 2 }])
})

test('attempts come page by page, also those of one moment', async () => {
  const id = await relayTo()
  const { tenantId } = given.scope
  for (let i = 0; i < 5; i++)
    await given.owner()`insert into delivery_attempts
      (tenant_id, destination_id, id, at, trigger, events, outcome, ms)
      values (${tenantId}, ${id}, gen_random_uuid(), '2026-11-21T10:00:00Z', 'auto', ${i}, 'held', 1)`
  const seen: number[] = []
  let cursor: string | undefined
  do {
    const page = await listAttempts(given.scope, id, { limit: 2, cursor })
    seen.push(...page.attempts.map(({ events }) => events))
    cursor = page.next ?? undefined
  } while (cursor)
  expect(seen.sort()).toEqual([0, 1, 2, 3, 4])
  await expect(listAttempts(given.scope, id, { cursor: 'x' })).rejects.toEqual(invalid)
})

test('every hour is there, the quiet ones too, and the running one last', async () => {
  const id = await relayTo()
  await appendNumbered(given.scope, 4)
  await given.run()
  const hours = await readHours(given.scope, id, 24)
  expect(hours).toHaveLength(24)
  expect(hours.at(-1)).toMatchObject({ sentEvents: 4, sentBatches: 1, failedAttempts: 0, deadEvents: 0 })
  expect(hours[0]).toMatchObject({ sentEvents: 0, behind: null })
  const steps = hours.slice(1).map(({ hour }, i) => hour.getTime() - (hours[i]?.hour.getTime() ?? 0))
  expect(new Set(steps)).toEqual(new Set([3_600_000]))
})

test('who may look may not touch, and who may not read events sees none', async () => {
  const id = await relayTo()
  const reader: TenantScope = { ...given.scope, permissions: new Set(['destinations:read'] as const) }
  const forbidden = expect.objectContaining({ code: 'forbidden' })
  for (const verb of [
    () => retryNow(reader, { id }),
    () => skipEvents(reader, { id, reason: 'no' }),
    () => replayEvents(reader, { id, what: 'dead' }),
    () => cancelReplay(reader, { id, replayId: id }),
    () => restoreDestination(reader, { id }),
    () => listMatchedEvents(reader, id),
    () => listUnsentEvents(reader, id),
  ])
    await expect(verb()).rejects.toEqual(forbidden)
  await expect(listAttempts(reader, id)).resolves.toMatchObject({ attempts: [] })
})
