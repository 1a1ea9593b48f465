import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { deliveryOf } from '@/lib/delivery/testing/delivery'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { parseInput } from '@/lib/errors/parse-input'
import { guardedRequest, type SendRequest } from '@/lib/http/guarded-request'
import { makeAuthority } from '@/lib/http/testing/authority'
import { answerWith, type Receiver, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { destinationKind, type KindName } from './registry'

const authority = makeAuthority()
const stranger = makeAuthority('Somebody else')
const NAME = 'logs.test'

const SERVERS = {
  good: authority.issue(`DNS:${NAME}`),
  expired: authority.issue(`DNS:${NAME}`, -1),
  'for another name': authority.issue('DNS:other.test'),
}
const receivers = new Map<keyof typeof SERVERS, Receiver>()

beforeAll(async () => {
  for (const [name, tls] of Object.entries(SERVERS)) {
    const receiver = await startReceiver({ tls })
    receiver.answer(answerWith(200, '{"text":"Success","code":0}'))
    receivers.set(name as keyof typeof SERVERS, receiver)
  }
})
afterAll(async () => {
  for (const receiver of receivers.values()) await receiver.close()
})
beforeEach(() => vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32'))
afterEach(() => {
  for (const receiver of receivers.values()) receiver.received.length = 0
  vi.unstubAllEnvs()
})

const toLoopback: SendRequest = (request) =>
  guardedRequest({ ...request, resolve: (_name, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) })

/** What a person enters for each kind that sends by HTTPS. */
const INPUTS: Partial<Record<KindName, (url: string) => Record<string, unknown>>> = {
  http: (url) => ({ url }),
  splunk: (url) => ({ url, token: 'abc' }),
  datadog: (url) => ({ site: 'custom', url, apiKey: 'abc' }),
}

async function send(name: KindName, server: keyof typeof SERVERS, ca?: string) {
  const receiver = receivers.get(server)
  const kind = destinationKind(name)
  const input = { ...INPUTS[name]?.(`https://${NAME}:${receiver?.port}`), ...(ca && { ca }) }
  const { config } = kind.configure(parseInput(kind.input, input))
  const destination = kind.open(config)
  const delivery = deliveryOf(kind, destination, [forwardedEvent()], {
    secrets: { token: 'abc', apiKey: 'abc' },
  })
  const outcome = await destination.send(delivery, { ...outsideTools, request: toLoopback })
  return { outcome, requests: receiver?.received.length }
}

describe.each(Object.keys(INPUTS) as KindName[])('%s over TLS', (name) => {
  test('reaches a receiver whose authority was entered', async () => {
    const { outcome, requests } = await send(name, 'good', authority.ca)
    expect([outcome.verdict, requests]).toEqual(['delivered', 1])
  })

  test.each([
    ['of an authority that nobody entered', 'good', undefined],
    ['of another authority than the one that was entered', 'good', stranger.ca],
    ['that has expired', 'expired', authority.ca],
    ['for another name', 'for another name', authority.ca],
  ] as const)('sends nothing to a receiver with a certificate %s', async (_, server, ca) => {
    const { outcome, requests } = await send(name, server, ca)
    expect(outcome).toMatchObject({ verdict: 'failed', message: expect.stringContaining('TLS certificate') })
    expect(requests).toBe(0)
  })
})
