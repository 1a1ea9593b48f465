import type { Delivery, Secrets, Tools } from '@/lib/delivery/destinations/contract'
import { toLogArray } from '@/lib/delivery/destinations/datadog/log'
import { judgeDatadog } from '@/lib/delivery/destinations/datadog/send'
import { judgeSplunk } from '@/lib/delivery/destinations/splunk/judge-answer'
import { encodingOf } from '@/lib/delivery/encodings/encodings'
import type { Outcome } from '@/lib/delivery/outcome'
import type { HttpConfig } from './config'
import { customHeaders } from './custom-headers'
import { dialectOf, isSplunkDialect } from './dialect'
import { batchHeaders, exchange } from './exchange'
import type { HttpFormat } from './format'
import { type Judge, judgeStatus } from './judge-status'
import { webhookHeaders } from './webhook-secret'

/** Splunk and Datadog say more than a status. */
function judgeOf(url: string): Judge {
  const dialect = dialectOf(url)
  if (dialect === 'datadog') return judgeDatadog
  return isSplunkDialect(dialect) ? judgeSplunk : judgeStatus
}

function contentTypeOf({ layout, encoding }: HttpFormat): string {
  if (layout !== 'ndjson' && layout !== 'single') return 'application/json'
  if (!encodingOf(encoding).isJson) return 'text/plain; charset=utf-8'
  return layout === 'ndjson' ? 'application/x-ndjson' : 'application/json'
}

function signingSecrets({ previousSecretUntil = '' }: HttpConfig, secrets: Secrets): string[] {
  const isPreviousValid = Date.parse(previousSecretUntil) > Date.now()
  return [secrets.signingSecret, isPreviousValid ? secrets.previousSigningSecret : undefined].filter(
    (secret) => secret !== undefined,
  )
}

function headersOf(config: HttpConfig, format: HttpFormat, delivery: Delivery): Record<string, string> {
  const { url, headerName, headers, channel } = config
  const { body, idempotencyKey, secrets } = delivery
  const isWebhook = format.layout === 'webhook' || format.layout === 'webhook_single'
  return {
    ...customHeaders(headers, secrets),
    'content-type': contentTypeOf(format),
    ...batchHeaders(delivery),
    ...(headerName && secrets.apiKey !== undefined && { [headerName]: secrets.apiKey }),
    ...(channel && isSplunkDialect(dialectOf(url)) && { 'x-splunk-request-channel': channel }),
    ...(isWebhook && webhookHeaders(idempotencyKey, body, signingSecrets(config, secrets))),
  }
}

async function sendRequest(
  config: HttpConfig,
  format: HttpFormat,
  delivery: Delivery,
  tools: Tools,
): Promise<Outcome> {
  const { url, gzip, ca } = config
  const headers = headersOf(config, format, delivery)
  const body =
    format.layout === 'datadog'
      ? Buffer.from(toLogArray(Buffer.from(delivery.body).toString(), Date.now()))
      : delivery.body
  const { outcome } = await exchange({ url, headers, body, gzip, ca }, delivery, tools, judgeOf(url))
  return outcome
}

/** Sends one batch, as one request or event by event, and says what became of it. Throws only on a bug of ours. */
export function sendHttp(
  config: HttpConfig,
  format: HttpFormat,
  delivery: Delivery,
  tools: Tools,
): Promise<Outcome> {
  return format.layout === 'single' || format.layout === 'webhook_single'
    ? sendOneByOne(config, format, delivery, tools)
    : sendRequest(config, format, delivery, tools)
}

/** So much of a batch's time is left for the answer to one event, or none is asked any more. */
const MIN_REQUEST_MS = 1_000

/** In order, and only after the event before was taken: what did arrive is told when a later one does not. */
async function sendOneByOne(
  config: HttpConfig,
  format: HttpFormat,
  delivery: Delivery,
  tools: Tools,
): Promise<Outcome> {
  const started = performance.now()
  const events = Buffer.from(delivery.body).toString().replace(/\n$/, '').split('\n')
  const elapsedMs = () => Math.round(performance.now() - started)
  let last: Outcome | undefined
  for (const [taken, event] of events.entries()) {
    const timeoutMs = delivery.timeoutMs - elapsedMs()
    if (last && timeoutMs < Math.min(MIN_REQUEST_MS, delivery.timeoutMs / 2))
      return { ...outOfTime(last, taken, events.length), ms: elapsedMs() }
    const idempotencyKey = delivery.eventIds[taken] ?? delivery.idempotencyKey
    const body = Buffer.from(event)
    last = await sendRequest(config, format, { ...delivery, body, idempotencyKey, timeoutMs }, tools)
    if (last.verdict !== 'delivered') return { ...withTaken(last, taken, events.length), ms: elapsedMs() }
  }
  if (!last) throw new Error('A batch of single events is empty.')
  return { ...last, ms: elapsedMs(), ...(events.length > 1 && { message: allTaken(last, events.length) }) }
}

const allTaken = ({ message }: Outcome, count: number) => `${message} ${count} events, one by one.`

function withTaken(outcome: Outcome, taken: number, count: number): Outcome {
  const message = count > 1 ? `${outcome.message} Event ${taken + 1} of ${count}.` : outcome.message
  if (outcome.verdict === 'failed') return { ...outcome, message, taken }
  if (outcome.verdict === 'refused') return { ...outcome, message, taken, index: taken }
  return { ...outcome, message }
}

/** The rest comes in a batch that is small enough. */
function outOfTime({ request }: Outcome, taken: number, count: number): Outcome {
  const message = `The receiver took ${taken} of ${count} events, one by one, in the time for a batch.`
  return { verdict: 'failed', message, ms: 0, taken, mayBeTooLarge: true, ...(request && { request }) }
}
