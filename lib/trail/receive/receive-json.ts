import { AppError } from '@/lib/errors/app-error'
import { HeldBytes } from './held-bytes'
import { proveVerdicts } from './prove-verdicts'
import { readJson } from './read-body'
import { appendPrepared, prepareItems, type Reception, type Verdict } from './verdict'
import { answerVerdicts } from './verdict-response'

/** Events of one JSON request; more come as NDJSON. */
const MAX_EVENTS = 1000

function toEvents(body: unknown): unknown[] {
  if (Array.isArray(body)) return body
  if (typeof body !== 'object' || body === null || !('events' in body)) return [body]
  const others = Object.keys(body).filter((name) => name !== 'events')
  if (others.length > 0) {
    throw new AppError(
      'invalid',
      `Beside "events" nothing else may stand; found ${others[0]?.slice(0, 100)}.`,
    )
  }
  if (!Array.isArray(body.events)) throw new AppError('invalid', '"events" must be an array of events.')
  return body.events
}

/**
 * One event, `{"events": […]}` or an array of them, answered as a whole once all are durable, or, where the sender
 * waits for it, sealed.
 */
export async function receiveJson(
  request: Request,
  reception: Reception,
  wait?: { mayRead: boolean },
): Promise<Response> {
  const verdicts = await readAndJudge(request, reception)
  if (!wait) return answerVerdicts(verdicts)
  const { results, sealed } = await proveVerdicts(reception.owner.tenantId, verdicts, wait)
  return answerVerdicts(results, sealed)
}

async function readAndJudge(request: Request, reception: Reception): Promise<Verdict[]> {
  const held = new HeldBytes()
  try {
    return await judge(toEvents(await readJson(request, held)), reception)
  } finally {
    held.release()
  }
}

function judge(events: unknown[], reception: Reception): Promise<Verdict[]> {
  if (events.length === 0) throw new AppError('invalid', 'The request has no events.')
  if (events.length > MAX_EVENTS) {
    const message = `The request has ${events.length} events; at most ${MAX_EVENTS} are taken. Send more as application/x-ndjson.`
    throw new AppError('too_large', message)
  }
  const items = events.map((value, index) => ({ index, value }))
  return appendPrepared(prepareItems(items, reception))
}
