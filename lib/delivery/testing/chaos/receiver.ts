import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { imitateHec } from '@/lib/delivery/destinations/splunk/testing/hec-receiver'
import { splitJson } from '@/lib/delivery/destinations/splunk/testing/split-json'
import { type Received, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { type Answer, FAULTS, pickFault } from './faults'
import { seededRandom } from './seeded-random'

/** A request of which all arrived, and what the receiver did with it. */
export type Arrival = {
  /** Which of the receivers in this process. */
  stream: string
  key: string
  sha256: string
  fault: string
  isStored: boolean
  seqs: number[]
  ids: string[]
}
/** Everything that happened here. `indexed` are ids that Splunk kept, `objects` what lies in the bucket. */
export type ReceiverLog = {
  arrivals: Arrival[]
  indexed: string[]
  objects: Record<string, number[]>
  served: Record<string, number>
}

type Event = { seq: number; id: string; message?: string }
/** What would be done with a request if nothing went wrong: `take` stores it. */
type Plan = { events: Event[]; isRefused: boolean; take(): Answer }

const TOKEN = 'chaos'
const HEC_FORGETS_EVERY_MS = 4_000
const HEC_IS_AWAY_MS = 250

const random = seededRandom(Number(process.argv[2] ?? 1))
const arrivals: Arrival[] = []
const served: Record<string, number> = {}
const bucket = new Map<string, { seqs: number[]; headers: Record<string, string> }>()
const hec = imitateHec({ token: TOKEN, acknowledges: true })
let isCalm = false

const isPoison = ({ message }: Event) => message?.startsWith('poison') === true

function planArray({ body }: Received): Plan {
  const events = JSON.parse(body) as Event[]
  const isRefused = events.some(isPoison)
  const take = () => (isRefused ? { status: 422, body: 'no poison' } : { status: 200, body: 'ok' })
  return { events, isRefused, take }
}

function planHec(request: Received): Plan {
  const events = splitJson(request.body).map((item) => (JSON.parse(item) as { event: Event }).event)
  const index = events.findIndex(isPoison)
  const answer = { text: 'Invalid data format', code: 6, 'invalid-event-number': index }
  const take = () => (index >= 0 ? { status: 400, body: JSON.stringify(answer) } : catchAnswer(request))
  return { events, isRefused: index >= 0, take }
}

/** What the imitation of Splunk says, instead of saying it. */
function catchAnswer(request: Received): Answer {
  const caught: Answer = { status: 500, body: '' }
  const response = {
    writeHead(status: number) {
      caught.status = status
      return response
    },
    end(body: string) {
      caught.body = body
    },
  }
  hec.behave(request, response as unknown as ServerResponse, undefined as never)
  return caught
}

/** A bucket that overwrites nothing where it is asked not to. */
function planS3({ path: url, method, headers, body }: Received): Plan {
  const path = decodeURIComponent(url.replace(/\?.*/, ''))
  const found = bucket.get(path)
  const nothing = { events: [], isRefused: false }
  if (method === 'HEAD')
    return {
      ...nothing,
      take: () => (found ? { status: 200, body: '', headers: found.headers } : { status: 404, body: '' }),
    }
  const events = path.includes('/date=')
    ? body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Event)
    : []
  const metadata = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'))
  const take = () => {
    if (found && headers['if-none-match'] === '*')
      return { status: 412, body: '<Error><Code>PreconditionFailed</Code></Error>' }
    bucket.set(path, {
      seqs: events.map(({ seq }) => seq),
      headers: Object.fromEntries(metadata) as Record<string, string>,
    })
    return { status: 200, body: '' }
  }
  return { events: found ? [] : events, isRefused: false, take }
}

function plan(request: Received): Plan {
  const [, stream = ''] = request.path.split('/')
  if (stream.startsWith('array')) return planArray(request)
  if (stream === 'bucket') return planS3(request)
  return request.path.includes('/ack')
    ? { events: [], isRefused: false, take: () => catchAnswer(request) }
    : planHec(request)
}

const log = (): ReceiverLog => ({
  arrivals,
  indexed: hec.events.map(({ event }) => (event as Event).id),
  objects: Object.fromEntries([...bucket].map(([path, { seqs }]) => [path, seqs])),
  served,
})

const receiver = await startReceiver()
receiver.answer((request, response, raw) => {
  receiver.received.length = 0
  response.on('error', () => {})
  if (request.path === '/log') return response.end(JSON.stringify(log()))
  if (request.path === '/calm') {
    isCalm = true
    return response.end()
  }
  const [, stream = ''] = request.path.split('/')
  const { events, isRefused, take } = plan(request)
  const fault = isCalm ? 'none' : pickFault(random)
  const { isStored, spoil } = FAULTS[fault] as (typeof FAULTS)[string]
  served[fault] = (served[fault] ?? 0) + 1
  const answer = isStored || isRefused ? take() : { status: 500, body: '' }
  if (events.length > 0)
    arrivals.push({
      stream,
      key: String(request.headers['idempotency-key'] ?? request.path),
      sha256: createHash('sha256').update(request.body).digest('hex'),
      fault,
      isStored: isStored && !isRefused,
      seqs: events.map(({ seq }) => seq),
      ids: events.map(({ id }) => id),
    })
  return spoil(response, answer, raw)
})

// Now and then Splunk takes events and loses them before they are indexed: nobody will ever acknowledge them.
setInterval(() => {
  if (isCalm) return
  hec.setIndexing(false)
  setTimeout(() => {
    hec.forgetAcks()
    hec.setIndexing(true)
  }, HEC_IS_AWAY_MS)
}, HEC_FORGETS_EVERY_MS)

process.stdout.write(`${receiver.url}\n`)
process.stdin.on('end', () => process.exit(0)).resume()
