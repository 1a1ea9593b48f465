import { expect, test, vi } from 'vitest'
import { runOnce } from '@/lib/delivery/run-once'
import { addDestination, appendNumbered, numbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { getDestination } from '@/lib/forwarding/get'
import { guardedRequest } from '@/lib/http/guarded-request'
import { FAULTS, type Fault, playScript } from '@/lib/http/testing/faults'
import { answerWith, type Behaviour, type Received } from '@/lib/http/testing/loopback-receiver'
import { imitateIntake } from './datadog/testing/intake-receiver'
import { imitateHec } from './splunk/testing/hec-receiver'
import { splitJson } from './splunk/testing/split-json'

const given = useDeliveries()

type Event = { id: string; message: string }
type Peer = {
  input: (url: string) => Record<string, unknown>
  /** How it answers where no fault is played. */
  well: () => Behaviour
  eventsIn: (request: Received) => Event[]
}

const PEERS: Record<string, Peer> = {
  'HTTP in batches': {
    input: (url) => ({ kind: 'http', url }),
    well: () => answerWith(200, 'ok'),
    eventsIn: ({ body }) => JSON.parse(body),
  },
  'HTTP event by event': {
    input: (url) => ({ kind: 'http', url, body: 'single', gzip: true }),
    well: () => answerWith(204),
    eventsIn: ({ body }) => [JSON.parse(body)],
  },
  Splunk: {
    input: (url) => ({ kind: 'splunk', url, token: 't1', gzip: true }),
    well: () => imitateHec({ token: 't1' }).behave,
    eventsIn: ({ body }) => splitJson(body).map((item) => JSON.parse(item).event),
  },
  Datadog: {
    input: (url) => ({ kind: 'datadog', site: 'custom', url: `${url}/api/v2/logs`, apiKey: 'k', gzip: true }),
    well: () => imitateIntake('k').behave,
    eventsIn: ({ body }) => JSON.parse(body).map(({ audit }: { audit: Event }) => audit),
  },
}

/** As the engine runs it, but with less patience. */
const run = () =>
  runOnce({
    budgetMs: 20_000,
    tools: { request: (request) => guardedRequest({ ...request, timeoutMs: 300 }) },
  })

/** Runs until the script is used up and everything is out; each try as if its time had come. */
async function runThrough(id: string, script: Fault[]): Promise<void> {
  for (let tries = 0; tries < 4 * FAULTS.length; tries++) {
    await run()
    const { stats } = await getDestination(given.scope, id)
    if (script.length === 0 && stats.backlog.events === 0) return
    await given.makeDue()
  }
  throw new Error('The backlog never came to its end.')
}

/** A fixed shuffle, so that a failure can be repeated. */
const shuffled = (faults: readonly Fault[], seed: number) =>
  faults
    .map((fault, index) => ({ fault, at: ((index + 1) * seed) % 101 }))
    .sort((a, b) => a.at - b.at)
    .map(({ fault }) => fault)

test.each(
  Object.keys(PEERS).flatMap((name, index) => [17 + index, 59 + index].map((seed) => [name, seed] as const)),
)(
  '%s through every fault (order %i): nothing lost, order kept, repeats under their old ids',
  async (name, seed) => {
    const peer = PEERS[name] as Peer
    const id = await addDestination(given.scope, peer.input(given.receiver.url))
    const script = shuffled(FAULTS, seed)
    const stored = playScript(given.receiver, script, peer.well())
    await appendNumbered(given.scope, 30)
    await runThrough(id, script)

    const arrived = stored.flatMap(peer.eventsIn)
    const idOf = new Map<string, string>()
    for (const { id: eventId, message } of arrived) {
      expect(idOf.get(message) ?? eventId).toBe(eventId)
      idOf.set(message, eventId)
    }
    expect([...idOf.keys()]).toEqual(numbered(30))
    const { stats } = await getDestination(given.scope, id)
    expect(stats).toMatchObject({ sentEvents: 30, deadEvents: 0, consecutiveFailures: 0 })
    const attempts = await given.rows('delivery_attempts', id)
    for (const { request, outcome } of attempts)
      expect([outcome, request]).toEqual([outcome, expect.stringMatching(/^POST http:/)])
  },
)

test('Datadog drops nothing of a trail that waited for a month', async () => {
  const intake = imitateIntake('k', () => Date.now())
  given.receiver.answer(intake.behave)
  await addDestination(given.scope, PEERS.Datadog?.input(given.receiver.url) ?? {})
  await appendNumbered(given.scope, 3)
  vi.useFakeTimers({ now: Date.now() + 30 * 86_400_000, toFake: ['Date'] })
  try {
    await run()
  } finally {
    vi.useRealTimers()
  }
  expect(intake.dropped).toEqual([])
  expect(intake.logs.map(({ message }) => message)).toEqual(numbered(3))
})

test('Splunk’s bad event becomes a dead letter with its words, and the others arrive in order', async () => {
  const id = await addDestination(given.scope, PEERS.Splunk?.input(given.receiver.url) ?? {})
  const hec = imitateHec({ token: 't1' })
  given.receiver.answer((request, response, raw) => {
    const bad = splitJson(request.body).findIndex((item) => JSON.parse(item).event.message === 'n5')
    if (bad < 0) return hec.behave(request, response, raw)
    const answer = { text: 'Error in handling indexed fields', code: 15, 'invalid-event-number': bad }
    return response.writeHead(400).end(JSON.stringify(answer))
  })
  await appendNumbered(given.scope, 12)
  await run()
  expect(hec.events.map(({ event }) => (event as Event).message)).toEqual(
    numbered(12).filter((message) => message !== 'n5'),
  )
  const { stats, deadLetters } = await getDestination(given.scope, id)
  expect(stats).toMatchObject({ sentEvents: 11, deadEvents: 1 })
  expect(deadLetters[0]?.answer).toContain('Error in handling indexed fields')
})
