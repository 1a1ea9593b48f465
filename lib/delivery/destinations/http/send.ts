import type { Delivery } from '@/lib/delivery/destinations/contract'
import type { Outcome } from '@/lib/delivery/outcome'
import type { SendRequest } from '@/lib/http/guarded-request'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { USER_AGENT } from '@/lib/http/user-agent'
import type { HttpConfig } from './config'
import { dialectOf } from './dialect'
import type { HttpFormat } from './format'
import { hideSecrets } from './hide-secrets'
import { classifyAnswer, classifyError } from './outcome'

const CONTENT_TYPES: Record<HttpFormat['encoding'], string> = {
  json_array: 'application/json',
  ndjson: 'application/x-ndjson',
  hec_event: 'application/json',
  datadog: 'application/json',
}

/** Posts one batch and says what became of it. Throws only on a bug of ours. */
export async function sendHttp(
  { url, headerName, channel }: HttpConfig,
  { encoding }: HttpFormat,
  { body, checkpoint, idempotencyKey, secret, owner, timeoutMs, signal }: Delivery,
  request: SendRequest,
): Promise<Outcome> {
  const started = performance.now()
  const dialect = dialectOf(url)
  const headers = {
    'content-type': CONTENT_TYPES[encoding],
    'user-agent': USER_AGENT,
    'idempotency-key': idempotencyKey,
    // A note has several lines, and a header has one.
    ...(checkpoint && { 'spoor-checkpoint': Buffer.from(checkpoint).toString('base64') }),
    ...(headerName && secret !== undefined && { [headerName]: secret }),
    ...(channel && dialect !== 'plain' && dialect !== 'datadog' && { 'x-splunk-request-channel': channel }),
  }
  const sent = { url, secret }
  try {
    const answer = await request({ url, headers, body, owner, timeoutMs, ...(signal && { signal }) })
    const text = hideSecrets(answer.text, sent, answer.truncated)
    return classifyAnswer({ ...answer, text }, dialect)
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error
    const ms = Math.round(performance.now() - started)
    return classifyError(new OutgoingError(error.reason, hideSecrets(error.message, sent)), ms)
  }
}
