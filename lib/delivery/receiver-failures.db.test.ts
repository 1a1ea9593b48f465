import { expect, test, vi } from 'vitest'
import { getDestination } from '@/lib/forwarding/get'
import { resumeDestination } from '@/lib/forwarding/resume'
import { guardedRequest } from '@/lib/http/guarded-request'
import { answerWith, type Behaviour, hang, reset } from '@/lib/http/testing/loopback-receiver'
import { runOnce } from './run-once'
import { addDestination, appendNumbered, messagesIn, numbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

test('500s hold the cursor; then everything arrives in order, exactly once', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url })
  await appendNumbered(given.scope, 1_500)
  given.receiver.answer(answerWith(500, 'out of order'))
  for (let i = 1; i <= 3; i++) {
    expect(await given.run()).toMatchObject({ events: 0, failed: 1 })
    const { stats } = await getDestination(given.scope, id)
    expect(stats).toMatchObject({
      consecutiveFailures: i,
      failedAttempts: i,
      lastStatus: 500,
      lastAnswer: 'out of order',
    })
    expect(stats.failMessage).toContain('HTTP 500')
    expect(stats.retryAt?.getTime()).toBeGreaterThan(Date.now())
    expect(stats.backlog.events).toBe(1_500)
    // Not due: nothing is sent, however often it runs.
    expect(await given.run()).toMatchObject({ streams: 0 })
    await given.makeDue()
  }
  const refused = given.receiver.received.splice(0)
  expect(new Set(refused.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  expect(new Set(refused.map(({ body }) => body)).size).toBe(1)
  given.receiver.answer(answerWith(200))
  await given.run()
  expect(messagesIn(given.receiver.received)).toEqual(numbered(1_500))
  expect(given.receiver.received[0]?.headers['idempotency-key']).toBe(refused[0]?.headers['idempotency-key'])
  const { stats } = await getDestination(given.scope, id)
  expect(stats).toMatchObject({
    consecutiveFailures: 0,
    firstFailureAt: null,
    sentEvents: 1_500,
    failedAttempts: 3,
  })
  expect(stats.retryAt).toBeNull()
})

test('stored-but-500 repeats the same bytes under the same key, so that the receiver can tell', async () => {
  await addDestination(given.scope, { url: given.receiver.url })
  await appendNumbered(given.scope, 10)
  const stored = new Map<string, string>()
  let answers = 0
  given.receiver.answer(({ headers, body }, response) => {
    stored.set(String(headers['idempotency-key']), body)
    response.writeHead(answers++ === 0 ? 500 : 200).end()
  })
  await given.run()
  // More events meanwhile do not change the frozen batch.
  await appendNumbered(given.scope, 5, (i) => ({ message: `later${i}` }))
  await given.makeDue()
  await given.run()
  const bodies = [...stored.values()].map((body) => ({ body }))
  expect(messagesIn(bodies)).toEqual([...numbered(10), ...numbered(5).map((_, i) => `later${i}`)])
})

test('Retry-After is kept', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url })
  await appendNumbered(given.scope, 1)
  given.receiver.answer(answerWith(429, 'slow down', { 'retry-after': '7200' }))
  await given.run()
  const retryAt = (await getDestination(given.scope, id)).stats.retryAt?.getTime() ?? 0
  expect(retryAt - Date.now()).toBeGreaterThan(7_100_000)
  expect(retryAt - Date.now()).toBeLessThan(7_210_000)
})

test('a reset and a refused connection hold the cursor like a 500', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url })
  await appendNumbered(given.scope, 3)
  given.receiver.answer(reset)
  expect(await given.run()).toMatchObject({ failed: 1 })
  expect((await getDestination(given.scope, id)).stats.failMessage).toContain('closed the connection')
  given.receiver.answer(answerWith(200))
  await given.makeDue()
  await given.run()
  expect(messagesIn(given.receiver.received.slice(-1))).toEqual(numbered(3))
})

test('410 switches the destination off at once, with the reason, and loses nothing', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url })
  await appendNumbered(given.scope, 3)
  given.receiver.answer(answerWith(410))
  await given.run()
  expect(await getDestination(given.scope, id)).toMatchObject({
    state: 'disabled',
    reason: expect.stringContaining('410'),
  })
  given.receiver.answer(answerWith(200))
  given.receiver.received.length = 0
  await resumeDestination(given.scope, { id })
  await given.run()
  expect(messagesIn(given.receiver.received)).toEqual(numbered(3))
})

test('a secret under a lost key holds the stream and says what to do', async () => {
  const id = await addDestination(given.scope, {
    url: given.receiver.url,
    apiHeaderName: 'X-Key',
    apiKey: 'k1',
  })
  await appendNumbered(given.scope, 1)
  vi.stubEnv('SPOOR_ENCRYPTION_KEY', Buffer.alloc(32, 9).toString('base64'))
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await given.run()
  log.mockRestore()
  expect((await getDestination(given.scope, id)).stats.failMessage).toContain(
    'Enter the secrets of this destination again',
  )
  expect(given.receiver.received).toHaveLength(0)
  await given.edit(id, { apiHeaderName: 'X-Key', apiKey: 'k2' })
  await given.run()
  expect(given.receiver.received[0]?.headers['x-key']).toBe('k2')
})

test.each<[string, Behaviour]>([
  ['times out', hang],
  ['cuts the connection', reset],
])(
  'a receiver that %s on a large batch gets smaller ones, later, and then everything in order',
  async (_, fail) => {
    const id = await addDestination(given.scope, { url: given.receiver.url })
    await appendNumbered(given.scope, 16)
    const arrived: string[] = []
    given.receiver.answer((request, response, raw) => {
      const messages = messagesIn([request])
      if (messages.length > 5) return fail(request, response, raw)
      arrived.push(...messages)
      return response.end('ok')
    })
    const run = () =>
      runOnce({
        budgetMs: 20_000,
        tools: { request: (request) => guardedRequest({ ...request, timeoutMs: 400 }) },
      })
    const sizes: number[] = []
    for (let turns = 0; turns < 30 && arrived.length < 16; turns++) {
      given.receiver.received.length = 0
      await run()
      sizes.push(...given.receiver.received.map(({ body }) => messagesIn([{ body }]).length))
      if (arrived.length === 16) break
      // Backs off after each failure, the split ones too.
      expect((await getDestination(given.scope, id)).stats.retryAt?.getTime()).toBeGreaterThan(Date.now())
      await given.makeDue()
    }
    expect(arrived).toEqual(numbered(16))
    expect(sizes.slice(0, 6)).toEqual([16, 16, 16, 8, 4, 8])
    const { stats, attempts } = await getDestination(given.scope, id)
    expect(stats).toMatchObject({ sentEvents: 16, deadEvents: 0, consecutiveFailures: 0 })
    const split = attempts.filter(({ outcome }) => outcome === 'split')
    expect(split.length).toBeGreaterThan(0)
    for (const { retryAt } of split) expect(retryAt).toBeInstanceOf(Date)
  },
)

test('a Splunk URL behind a log-in page holds everything until Splunk itself answers', async () => {
  const id = await addDestination(given.scope, { url: `${given.receiver.url}/services/collector/event` })
  await appendNumbered(given.scope, 2)
  given.receiver.answer(answerWith(200, '<html>please log in</html>'))
  expect(await given.run()).toMatchObject({ events: 0, failed: 1 })
  expect((await getDestination(given.scope, id)).stats.failMessage).toContain('Splunk')
  given.receiver.answer(answerWith(200, '{"text":"Success","code":0}'))
  await given.makeDue()
  expect(await given.run()).toMatchObject({ events: 2, failed: 0 })
})

test('the years 1 to 99 reach Splunk as they were accepted, not as years of the last century', async () => {
  await addDestination(given.scope, {
    url: `${given.receiver.url}/services/collector/event`,
    types: ['relay'],
  })
  const occurredAt = ['0001-01-01T00:00:00Z', '0050-03-01T00:00:00.5Z', '0099-12-31T23:59:59.999+01:00']
  await appendNumbered(given.scope, occurredAt.length, (i) => ({ occurredAt: occurredAt[i] ?? '' }))
  await given.run()
  const lines = (given.receiver.received[0]?.body ?? '').trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line).time)).toEqual(
    occurredAt.map((text) => Date.parse(text) / 1000),
  )
})
