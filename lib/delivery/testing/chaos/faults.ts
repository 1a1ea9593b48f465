import type { IncomingMessage, ServerResponse } from 'node:http'

/** What a receiver would have answered. */
export type Answer = { status: number; body: string; headers?: Record<string, string> }

/** What goes wrong, how often, and whether the receiver has taken the events by then. */
type Fault = {
  weight: number
  isStored: boolean
  spoil(response: ServerResponse, answer: Answer, raw: IncomingMessage): void
}

const DRIP_MS = 100
const ENDLESS_CHUNK = Buffer.alloc(64 * 1024, 'x')

const say = (response: ServerResponse, { status, body, headers = {} }: Answer) =>
  response.writeHead(status, headers).end(body)

/** Writes again and again until the other side has had enough. */
function goOn(response: ServerResponse, chunk: Buffer | string, everyMs: number): void {
  const timer = setInterval(() => response.write(chunk), everyMs)
  response.on('close', () => clearInterval(timer))
}

export const FAULTS: Record<string, Fault> = {
  none: { weight: 14, isStored: true, spoil: say },
  'stored, but 500': {
    weight: 3,
    isStored: true,
    spoil: (response) => say(response, { status: 500, body: 'out of order' }),
  },
  '503': { weight: 2, isStored: false, spoil: (response) => say(response, { status: 503, body: 'closed' }) },
  hangs: { weight: 1, isStored: false, spoil: () => {} },
  'hangs when stored': { weight: 1, isStored: true, spoil: () => {} },
  'slow body': {
    weight: 1,
    isStored: true,
    spoil: (response, { status }) => {
      response.writeHead(status, { 'content-length': '1000' })
      goOn(response, '.', DRIP_MS)
    },
  },
  'endless body': {
    weight: 1,
    isStored: true,
    spoil: (response, { status }) => {
      response.writeHead(status)
      goOn(response, ENDLESS_CHUNK, 1)
    },
  },
  'reset before': { weight: 2, isStored: false, spoil: (_, __, raw) => raw.socket.resetAndDestroy() },
  'reset within the answer': {
    weight: 2,
    isStored: true,
    spoil: (response, { status, body }, raw) => {
      response.writeHead(status, { 'content-length': String(body.length + 10) })
      response.write(body.slice(0, 2), () => raw.socket.resetAndDestroy())
    },
  },
  '429': {
    weight: 2,
    isStored: false,
    spoil: (response) => say(response, { status: 429, body: 'slowly', headers: { 'retry-after': '1' } }),
  },
}

const TOTAL = Object.values(FAULTS).reduce((sum, { weight }) => sum + weight, 0)

/** The name of a fault, each as often as its weight says. */
export function pickFault(random: () => number): string {
  let left = random() * TOTAL
  for (const [name, { weight }] of Object.entries(FAULTS)) {
    left -= weight
    if (left < 0) return name
  }
  return 'none'
}
