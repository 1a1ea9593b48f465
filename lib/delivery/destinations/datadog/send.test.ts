import { client, v2 } from '@datadog/datadog-api-client'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { deliveryOf } from '@/lib/delivery/testing/delivery'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { answerWith, type Receiver, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { datadogInputSchema } from './config'
import { datadogKind } from './datadog-kind'
import { imitateIntake } from './testing/intake-receiver'

let receiver: Receiver

beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  receiver = await startReceiver()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.useRealTimers()
  await receiver.close()
})

const HOUR_MS = 3_600_000
const OCCURRED_AT = Date.parse('2026-11-20T22:37:59.123Z')
const events = [1, 2].map((seq) => forwardedEvent({ seq }))

function open(input: Record<string, unknown> = {}) {
  const url = `${receiver.url}/api/v2/logs`
  const parsed = datadogInputSchema.parse({ site: 'custom', url, apiKey: 'geheim-key', ...input })
  return datadogKind.open(datadogKind.configure(parsed).config)
}

function send(input: Record<string, unknown> = {}, given = events) {
  const destination = open(input)
  const delivery = deliveryOf(datadogKind, destination, given, { secrets: { apiKey: 'geheim-key' } })
  return destination.send(delivery, outsideTools)
}

/** Datadog's own client, against the same receiver. */
async function sendByClient(apiKey: string): Promise<unknown> {
  const configuration = client.createConfiguration({
    authMethods: { apiKeyAuth: apiKey },
    baseServer: new client.BaseServerConfiguration(receiver.url, {}),
    enableRetry: false,
  })
  return new v2.LogsApi(configuration).submitLog({
    contentEncoding: 'gzip',
    body: [{ ddsource: 'spoor', ddtags: 'env:prod,tenant:acme', hostname: 'h', message: 'm', service: 's' }],
  })
}

test("a request has the shape of Datadog's own client's, and the imitation takes both", async () => {
  const intake = imitateIntake('geheim-key')
  receiver.answer(intake.behave)
  await sendByClient('geheim-key')
  vi.useFakeTimers({ now: OCCURRED_AT + 1_000, toFake: ['Date'] })
  expect(await send({ gzip: true, tags: ['env:prod'], service: 's' })).toMatchObject({
    verdict: 'delivered',
    status: 202,
  })
  const [theirs, ours] = receiver.received
  for (const name of ['dd-api-key', 'content-type', 'content-encoding', 'accept'])
    expect(ours?.headers[name], name).toBe(theirs?.headers[name])
  expect([ours?.method, ours?.path]).toEqual([theirs?.method, theirs?.path])
  const [theirLog, ourLog, ...more] = intake.logs as [object, object, object]
  expect(more).toHaveLength(1)
  expect(ourLog).toMatchObject({ ddtags: 'tenant:acme,type:account,env:prod', service: 's' })
  // Whatever their client names as an attribute of Datadog's, ours names by the same word and type.
  for (const [name, value] of Object.entries(theirLog))
    expect(typeof (ourLog as Record<string, unknown>)[name], name).toBe(typeof value)
})

test("the imitation refuses a wrong key as Datadog's own client expects it", async () => {
  receiver.answer(imitateIntake('another').behave)
  await expect(sendByClient('geheim-key')).rejects.toMatchObject({ code: 403 })
  const outcome = await send()
  expect(outcome).toMatchObject({
    verdict: 'failed',
    status: 403,
    message: expect.stringContaining('API key'),
  })
  expect(JSON.stringify(outcome)).not.toContain('geheim')
})

describe('an event whose time Datadog would drop', () => {
  const sendAt = async (now: number) => {
    vi.useFakeTimers({ now, toFake: ['Date'] })
    const intake = imitateIntake('geheim-key')
    receiver.answer(intake.behave)
    expect(await send()).toMatchObject({ verdict: 'delivered' })
    return intake
  }

  test.each([
    ['a month after', OCCURRED_AT + 30 * 24 * HOUR_MS],
    ['18 hours after', OCCURRED_AT + 18 * HOUR_MS],
    ['three hours before', OCCURRED_AT - 3 * HOUR_MS],
  ])('%s gets the time of its arrival, and its own stays in audit', async (_, now) => {
    const { logs, dropped } = await sendAt(now)
    expect(dropped).toEqual([])
    expect(logs).toHaveLength(2)
    for (const log of logs) {
      expect(log).not.toHaveProperty('timestamp')
      expect(log).toMatchObject({ ddsource: 'spoor', audit: { receivedAt: '2026-11-20T22:38:00.000Z' } })
    }
  })

  test('is no other', async () => {
    const { logs } = await sendAt(OCCURRED_AT + 16 * HOUR_MS)
    expect(logs.map(({ timestamp }) => timestamp)).toEqual([OCCURRED_AT, OCCURRED_AT])
  })
})

test.each([
  [202, '{}', 'delivered'],
  [200, '', 'delivered'],
  [200, '<html>please log in</html>', 'failed'],
  [202, '{"errors":["not here"]}', 'failed'],
  [200, ' { "error" : "no such tenant" }', 'failed'],
  [202, '{"errors":[]}', 'delivered'],
  [202, '{ "errors" : [ ] }', 'delivered'],
  [200, 'ok', 'delivered'],
  [302, '', 'failed'],
  [400, '{"errors":[]}', 'refused'],
  [400, '<html>The plain HTTP request was sent to HTTPS port</html>', 'failed'],
  [413, '<html>Request Entity Too Large</html>', 'refused'],
  [401, '', 'failed'],
  [403, '', 'failed'],
  [408, '', 'failed'],
  [413, '', 'refused'],
  [429, '', 'failed'],
  [500, '', 'failed'],
  [503, '', 'failed'],
] as const)('HTTP %i %s is %s', async (status, text, verdict) => {
  receiver.answer(answerWith(status, text))
  expect((await send()).verdict).toBe(verdict)
})

test('a site has its intake, and a key stays with it', () => {
  const before = {
    config: datadogKind.configure(datadogInputSchema.parse({ apiKey: 'k' })).config,
    secretNames: ['apiKey'],
  }
  expect(datadogKind.open(before.config).target()).toBe('http-intake.logs.datadoghq.com')
  expect(datadogKind.open(before.config).describe()).toBe('Datadog at datadoghq.com')
  const configure = (input: Record<string, unknown>) =>
    datadogKind.configure(datadogInputSchema.parse(input), before)
  expect(configure({ tags: 'env:a\nteam:b' }).secrets).toEqual({})
  expect(() => configure({ site: 'datadoghq.eu' })).toThrow(/check the marked fields/)
  expect(() => configure({ site: 'custom' })).toThrow(/check the marked fields/)
  expect(configure({ site: 'datadoghq.eu', apiKey: 'k2' }).secrets).toEqual({ apiKey: 'k2' })
})
