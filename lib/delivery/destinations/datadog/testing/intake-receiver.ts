import type { Behaviour } from '@/lib/http/testing/loopback-receiver'

export type DatadogLog = Record<string, unknown>

export type Intake = {
  behave: Behaviour
  /** What is kept, in the order of arrival, repeats included. */
  logs: DatadogLog[]
  /** What Datadog loses without a word, because its time is out of range. */
  dropped: DatadogLog[]
}

const MAX_BYTES = 5_000_000
const MAX_LOGS = 1_000
const MAX_LOG_BYTES = 1_000_000
const MAX_PAST_MS = 18 * 3_600_000
const MAX_FUTURE_MS = 2 * 3_600_000

/** Datadog's log intake as its documentation and its own client know it, with what it does behind its 202. */
export function imitateIntake(apiKey: string, now = () => Date.now()): Intake {
  const logs: DatadogLog[] = []
  const dropped: DatadogLog[] = []

  const judge = (body: string, key: unknown): number => {
    if (key === undefined) return 401
    if (key !== apiKey) return 403
    if (Buffer.byteLength(body) > MAX_BYTES) return 413
    let parsed: unknown
    try {
      parsed = JSON.parse(body)
    } catch {
      return 400
    }
    const items = Array.isArray(parsed) ? parsed : [parsed]
    if (items.length > MAX_LOGS) return 413
    if (items.some((item) => typeof item !== 'object' || item === null)) return 400
    for (const log of items as DatadogLog[]) keep(log)
    return 202
  }
  const keep = (log: DatadogLog) => {
    const ageMs = log.timestamp === undefined ? 0 : now() - Number(log.timestamp)
    if (ageMs > MAX_PAST_MS || ageMs < -MAX_FUTURE_MS) dropped.push(log)
    else if (Buffer.byteLength(JSON.stringify(log)) <= MAX_LOG_BYTES) logs.push(log)
    else logs.push({ truncatedByDatadog: true })
  }

  return {
    logs,
    dropped,
    behave: ({ body, headers, method, path }, response) => {
      const isIntake = method === 'POST' && path.split('?')[0] === '/api/v2/logs'
      const status = isIntake ? judge(body, headers['dd-api-key']) : 404
      const answer = status === 202 ? '{}' : JSON.stringify({ errors: [{ status: String(status) }] })
      response.writeHead(status, { 'content-type': 'application/json' }).end(answer)
    },
  }
}
