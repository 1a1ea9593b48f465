import { answerWith, type Behaviour, hang, type Received, type Receiver, reset } from './loopback-receiver'

/** A byte now and then looks alive and never ends. */
const DRIP_MS = 20
const ENDLESS_CHUNK = 'x'.repeat(16 * 1024)

/** Headers come at once, the body a byte at a time and never whole. */
const slowBody: Behaviour = (_request, response) => {
  response.writeHead(200, { 'content-length': '1000000' })
  const drip = setInterval(() => response.write('x'), DRIP_MS)
  response.once('close', () => clearInterval(drip))
}

/** A body without an end, as fast as it is read. */
const endlessBody =
  (status: number): Behaviour =>
  (_request, response) => {
    response.writeHead(status)
    const pour = () => {
      while (!response.destroyed && response.write(ENDLESS_CHUNK));
    }
    response.on('drain', pour)
    pour()
  }

/** Begins to say that all is well, and cuts the connection in the middle of it. */
const resetMidAnswer: Behaviour = (_request, response, raw) => {
  response.writeHead(200, { 'content-length': '100' })
  response.write('{"text":"Succ', () => raw.socket.resetAndDestroy())
}

const speakNoHttp: Behaviour = (_request, _response, raw) => {
  raw.socket.end('220 mail.example.com ESMTP\r\n')
}

const throttle = (retryAfter: () => string): Behaviour => {
  return (request, response, raw) =>
    answerWith(429, 'slow down', { 'retry-after': retryAfter() })(request, response, raw)
}

/** What a receiver does to one request. `isStored`: it keeps what it got all the same. */
export type Fault = { name: string; behave: Behaviour; isStored: boolean }

/** Ways in which receivers fail. None is the events' fault, so none may cost an event or change the order. */
export const FAULTS: readonly Fault[] = [
  { name: '500', behave: answerWith(500, 'out of order'), isStored: false },
  { name: '500 after storing', behave: answerWith(500, 'out of order'), isStored: true },
  { name: '503', behave: answerWith(503), isStored: false },
  { name: 'no answer', behave: hang, isStored: false },
  { name: 'no answer after storing', behave: hang, isStored: true },
  { name: 'a slow body', behave: slowBody, isStored: true },
  { name: 'an endless complaint', behave: endlessBody(500), isStored: false },
  { name: 'a cut connection', behave: reset, isStored: false },
  { name: 'a connection cut after storing', behave: reset, isStored: true },
  { name: 'a connection cut within the answer', behave: resetMidAnswer, isStored: true },
  { name: 'no HTTP', behave: speakNoHttp, isStored: false },
  { name: '429 for seconds', behave: throttle(() => '1'), isStored: false },
  {
    name: '429 until a date',
    behave: throttle(() => new Date(Date.now() + 2_000).toUTCString()),
    isStored: false,
  },
  { name: 'a redirect', behave: answerWith(307, '', { location: 'http://127.0.0.1:9/' }), isStored: false },
]

/**
 * Lets the receiver do to each request what comes next in the script, and be well after it. Returns what it kept,
 * in the order of arrival; the script is used up as it goes.
 */
export function playScript(receiver: Receiver, script: Fault[], well: Behaviour): Received[] {
  const stored: Received[] = []
  receiver.answer((request, response, raw) => {
    const fault = script.shift()
    if (!fault || fault.isStored) stored.push(request)
    const behave = fault?.behave ?? well
    behave(request, response, raw)
  })
  return stored
}
