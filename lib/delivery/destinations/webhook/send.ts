import type { Delivery, Tools } from '@/lib/delivery/destinations/contract'
import { exchange } from '@/lib/delivery/destinations/http/exchange'
import { readDigest } from '@/lib/delivery/digest/digest'
import { placeOf } from '@/lib/delivery/digest/digest-links'
import type { Outcome } from '@/lib/delivery/outcome'
import type { WebhookConfig } from './config'
import type { WebhookFormat } from './format'
import { judgeWebhook, readRetryMs } from './judge-answer'
import { MAX_TEXT, MAX_TEXT_DISCORD } from './limits'
import { countMessage, toMessage, type WebhookMessage } from './message'
import { noticeOf } from './notice'
import { isDiscord, secretsOfUrl } from './webhook-url'

/** A second message needs a moment of its own. */
const MIN_TIMEOUT_MS = 1_000

/**
 * Posts one message about the batch's events; where it is refused, once more without a word of them. Says what
 * became of it, and throws only on a bug of ours.
 */
export async function sendWebhook(
  config: WebhookConfig,
  { tenant, rule }: WebhookFormat,
  delivery: Delivery,
  tools: Tools,
): Promise<Outcome> {
  const started = performance.now()
  const { url } = delivery.secrets
  if (url === undefined)
    return {
      verdict: 'failed',
      message: 'The URL of this webhook is not known any more. Enter it again.',
      ms: 0,
    }
  const { stream, mayHaveArrived, timeoutMs } = delivery
  const place = placeOf(tenant, stream)
  const digest = readDigest(delivery.body)
  const maxText = isDiscord(url) ? MAX_TEXT_DISCORD : MAX_TEXT
  const notice = noticeOf(digest, place, { rule, maxText, mayHaveArrived })
  const first = await post(url, toMessage(notice, config), config, delivery, tools)
  if (first.verdict !== 'refused') return first
  const left = Math.max(MIN_TIMEOUT_MS, timeoutMs - (performance.now() - started))
  const count = countMessage(digest.events, place, config)
  const second = await post(url, count, config, { ...delivery, timeoutMs: left }, tools)
  return { ...afterRefusal(first, second), ms: Math.round(performance.now() - started) }
}

async function post(
  url: string,
  message: WebhookMessage,
  { ca }: WebhookConfig,
  delivery: Delivery,
  tools: Tools,
): Promise<Outcome> {
  const body = Buffer.from(JSON.stringify(message))
  const headers = { 'content-type': 'application/json' }
  const call = { ...delivery, secrets: { ...delivery.secrets, ...secretsOfUrl(url) } }
  const { answer, outcome } = await exchange({ url, headers, body, ca }, call, tools, judgeWebhook)
  if (outcome.verdict !== 'failed' || outcome.retryAfterMs !== undefined || answer?.status !== 429)
    return outcome
  const retryAfterMs = readRetryMs(answer.text)
  return retryAfterMs === undefined ? outcome : { ...outcome, retryAfterMs }
}

/** A message without a word of the events that is refused all the same says nothing about them. */
function afterRefusal(first: Outcome, second: Outcome): Outcome {
  if (second.verdict === 'delivered')
    return { ...second, message: `${first.message} So one that only counts went instead: ${second.message}` }
  if (second.verdict !== 'refused') return second
  const { verdict: _, index: __, taken: ___, ...told } = second
  return { ...told, verdict: 'failed' }
}
