import { expect, test } from 'vitest'
import { addDestination, appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import type { EventInput } from '@/lib/event/event-input'
import { listEvents } from '@/lib/trail/list'
import { newTokenClient } from '@/lib/trail/testing/token-client'
import { servicesRoute } from './collector-route'

const deliveries = useDeliveries()

const SAMPLES: Partial<EventInput>[] = [
  {
    level: 'critical',
    status: 'fail',
    code: 'X-1',
    codeLabel: 'x',
    category: 'c',
    source: 'here',
    destination: 'there',
  },
  {
    actor: { login: 'ada', ip: '203.0.113.9' },
    onBehalfOf: { login: 'bob' },
    targets: [{ type: 't', name: 'n' }, {}],
  },
  { data: { forwarded: 'by hand', deep: { a: [1, null, true, 1.5e-7, 'ä\n"'] } }, custom: { custom1: '' } },
  { dataSource: 'd', externalRef: 'r', oldValue: 'Locked', newValue: '', payload: '75000', count: 10 },
  { occurredAt: '1999-12-31T23:59:59.123456+02:00', message: '' },
]

/** An event's own fields, and what its trail added. */
function parted(given: object) {
  const { id, seq, receivedAt, leafHash, origin, ...event } = given as Record<string, unknown>
  return { event, added: { id, seq, receivedAt, leafHash, origin } }
}

const allOf = async (scope: Parameters<typeof listEvents>[0]) =>
  (await listEvents(scope, {}, { order: 'asc', after: -1 })).events.map(parted)

test.each(['/services/collector/event', '/services/collector/raw'])(
  'what the Splunk destination sends to %s of another Spoor arrives whole, once, with where it came from',
  async (path) => {
    const { scope, receiver, run } = deliveries
    const taker = await newTokenClient()
    receiver.answer(async ({ headers, body }, response) => {
      const request = new Request(`http://localhost${path}`, {
        method: 'POST',
        headers: { authorization: String(headers.authorization) },
        body,
      })
      // Twice, as after an answer that was lost.
      await servicesRoute.POST(request.clone(), undefined)
      const answer = await servicesRoute.POST(request, undefined)
      response.writeHead(answer.status).end(await answer.text())
    })
    await appendNumbered(scope, SAMPLES.length, (i) => SAMPLES[i] ?? {})
    await addDestination(scope, {
      url: `${receiver.url}${path}`,
      apiHeaderName: 'Authorization',
      apiKey: `Splunk ${taker.secret}`,
      start: 'beginning',
    })
    expect(await run()).toMatchObject({ failed: 0 })

    const sent = await allOf(scope)
    const arrived = (await allOf(taker.scope)).filter(({ added }) =>
      String(added.origin).startsWith('token:'),
    )
    expect(arrived.length).toBeGreaterThan(SAMPLES.length)
    const expected = sent.slice(0, arrived.length).map(({ event, added }, i) => {
      const data = event.data as Record<string, unknown> | undefined
      const before = data && 'forwarded' in data ? { forwarded: data.forwarded } : {}
      // The batch ends with the signed note that covers it: the other trail remembers what this one has published.
      const last = i === arrived.length - 1 && { checkpoint: expect.stringContaining(`/log/`) }
      return { ...event, data: { ...data, forwarded: { ...added, ...last, ...before } } }
    })
    expect(arrived.map(({ event }) => event)).toEqual(expected)
  },
)
