import type { Behaviour, Received } from '@/lib/http/testing/loopback-receiver'
import { splitJson } from './split-json'

export type HecEvent = Record<string, unknown> & { event: unknown }

export type HecSettings = {
  token: string
  /** Indexes that the token may write to; any if left out. */
  indexes?: readonly string[]
  /** Whether the token has indexer acknowledgement. */
  acknowledges?: boolean
}

export type Hec = {
  behave: Behaviour
  /** What is kept, in the order of arrival, repeats included. */
  events: HecEvent[]
  /** Whether what was taken counts as indexed when somebody asks; true from the start. */
  setIndexing(isIndexing: boolean): void
  /** As when an indexer dies: acknowledgements that nobody has read are gone, and so is what was not indexed. */
  forgetAcks(): void
}

type Answer = { text: string; code: number } & Record<string, unknown>
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly answer: Answer,
  ) {
    super(answer.text)
  }
}

const refuse = (status: number, code: number, text: string, more: Record<string, unknown> = {}): never => {
  throw new Refusal(status, { text, code, ...more })
}

function checkEvent(item: string, number: number, indexes?: readonly string[]): HecEvent {
  const at = { 'invalid-event-number': number }
  let parsed: unknown
  try {
    parsed = JSON.parse(item)
  } catch {
    return refuse(400, 6, 'Invalid data format', at)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return refuse(400, 6, 'Invalid data format', at)
  const envelope = parsed as HecEvent
  if (!('event' in envelope)) return refuse(400, 12, 'Event field is required', at)
  if (envelope.event === '' || envelope.event === null)
    return refuse(400, 13, 'Event field cannot be blank', at)
  if (!Number.isFinite(Number(envelope.time ?? 0))) return refuse(400, 6, 'Invalid data format', at)
  const fields = Object.values((envelope.fields as object | undefined) ?? {})
  if (fields.some((value) => typeof value === 'object' && value !== null && !Array.isArray(value)))
    return refuse(400, 15, 'Error in handling indexed fields', at)
  if (indexes && envelope.index !== undefined && !indexes.includes(String(envelope.index)))
    return refuse(400, 7, 'Incorrect index', at)
  return envelope
}

/** Splunk's HTTP Event Collector as its documentation and its own client know it. */
export function imitateHec({ token, indexes, acknowledges = false }: HecSettings): Hec {
  const events: HecEvent[] = []
  let acks = new Map<number, HecEvent[]>()
  let nextAckId = 0
  let isIndexing = true

  const authorize = ({ headers }: Received) => {
    const { authorization } = headers
    if (!authorization) refuse(401, 2, 'Token is required')
    const [, given] = /^Splunk (.+)$/.exec(authorization ?? '') ?? refuse(401, 3, 'Invalid authorization')
    if (given !== token) refuse(403, 4, 'Invalid token')
  }
  const channelOf = ({ headers }: Received, url: URL) => {
    const channel = headers['x-splunk-request-channel'] ?? url.searchParams.get('channel')
    if (!channel) return refuse(400, 10, 'Data channel is missing')
    return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(String(channel))
      ? channel
      : refuse(400, 11, 'Invalid data channel')
  }
  const take = (taken: HecEvent[]): Answer => {
    const success = { text: 'Success', code: 0 }
    if (!acknowledges) {
      events.push(...taken)
      return success
    }
    acks.set(nextAckId, taken)
    if (isIndexing) events.push(...taken)
    return { ...success, ackId: nextAckId++ }
  }
  const tellAcks = (ids: unknown): Record<string, boolean> => {
    const told: Record<string, boolean> = {}
    for (const id of Array.isArray(ids) ? ids : refuse(400, 6, 'Invalid data format')) {
      told[id] = isIndexing && acks.has(id)
      if (told[id]) acks.delete(id)
    }
    return told
  }
  const answer = (request: Received): Record<string, unknown> => {
    const url = new URL(request.path, 'http://hec')
    const endpoint = url.pathname.replace('/services/collector', '').replace(/\/1\.0$/, '')
    authorize(request)
    if (endpoint === '/health') return { text: 'HEC is healthy', code: 17 }
    if (endpoint === '/ack') {
      channelOf(request, url)
      if (!acknowledges) refuse(400, 14, 'ACK is disabled')
      return { acks: tellAcks(JSON.parse(request.body).acks) }
    }
    if (request.body.trim() === '') refuse(400, 5, 'No data')
    if (acknowledges || endpoint === '/raw') channelOf(request, url)
    if (endpoint === '/raw')
      return take(
        request.body
          .trimEnd()
          .split('\n')
          .map((line) => ({ event: JSON.parse(line) })),
      )
    if (endpoint !== '' && endpoint !== '/event')
      refuse(404, 404, 'The requested URL was not found on this server.')
    return take(splitJson(request.body).map((item, number) => checkEvent(item, number, indexes)))
  }

  return {
    events,
    setIndexing: (next) => {
      isIndexing = next
    },
    forgetAcks: () => {
      acks = new Map()
    },
    behave: (request, response) => {
      const reply = (status: number, body: unknown) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      try {
        reply(200, answer(request))
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        reply(error.status, error.answer)
      }
    },
  }
}
