import type { AckAnswer, Call, Delivery, Tools } from '@/lib/delivery/destinations/contract'
import { batchHeaders, type Exchange, exchange } from '@/lib/delivery/destinations/http/exchange'
import { judgeStatus } from '@/lib/delivery/destinations/http/judge-status'
import type { Outcome } from '@/lib/delivery/outcome'
import { type CollectorPath, collectorUrl } from './collector-url'
import type { SplunkConfig } from './config'
import { judgeSplunk, judgeSplunkHealth, readSplunkAnswer } from './judge-answer'

/** Acknowledgements of many batches are longer than a complaint. */
const KEPT_ACK_BYTES = 64 * 1024
/** Answers by which Splunk, or what stands before it, says that there are no acknowledgements. */
const NO_ACK_STATUSES = new Set([404, 405, 501])
const DATA_CHANNEL_IS_MISSING = 10
const ACK_IS_DISABLED = 14

function headersOf({ channel }: SplunkConfig, { secrets }: Call): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-splunk-request-channel': channel,
    authorization: `Splunk ${secrets.token ?? ''}`,
  }
}

/** Posts one batch. With acknowledgement the outcome is `accepted` until Splunk has indexed it. */
export async function sendSplunk(config: SplunkConfig, delivery: Delivery, tools: Tools): Promise<Outcome> {
  const { capabilities, timeoutMs } = delivery
  if (capabilities.channelInUrl === true) return judgeTaken(config, delivery, await post(true, timeoutMs))
  const first = await post(false, timeoutMs)
  if (codeOf(first) !== DATA_CHANNEL_IS_MISSING) return judgeTaken(config, delivery, first)
  // Something on the way dropped the header; what is in the URL gets through.
  const outcome = judgeTaken(config, delivery, await post(true, timeoutMs - first.outcome.ms))
  const isMended = outcome.verdict === 'delivered' || outcome.verdict === 'accepted'
  return isMended ? { ...outcome, capabilities: { ...outcome.capabilities, channelInUrl: true } } : outcome

  function post(channelInUrl: boolean, withinMs: number): Promise<Exchange> {
    const { endpoint, gzip, ca, index, source, sourcetype, host, channel } = config
    const metadata = endpoint === 'raw' ? { index, source, sourcetype, host } : {}
    const url = collectorUrl(config.url, endpoint, { ...metadata, ...(channelInUrl && { channel }) })
    const headers = { ...headersOf(config, delivery), ...batchHeaders(delivery) }
    const call = { ...delivery, timeoutMs: withinMs }
    return exchange({ url, headers, body: delivery.body, gzip, ca }, call, tools, judgeSplunk)
  }
}

const codeOf = ({ answer }: Exchange) => (answer ? readSplunkAnswer(answer.text).code : undefined)

function judgeTaken(
  { acknowledge }: SplunkConfig,
  { capabilities }: Delivery,
  { answer, outcome }: Exchange,
): Outcome {
  if (!acknowledge || capabilities.ack === false || outcome.verdict !== 'delivered' || !answer) return outcome
  const { ackId } = readSplunkAnswer(answer.text)
  if (ackId !== undefined) return { ...outcome, verdict: 'accepted', ackId: String(ackId) }
  const message = `${outcome.message} It gives no acknowledgements for this token, so this counts as sent.`
  return { ...outcome, message, capabilities: { ack: false } }
}

/** Asks which batches are indexed. Splunk forgets an acknowledgement once it has told it. */
export async function pollSplunkAcks(
  config: SplunkConfig,
  ackIds: readonly string[],
  call: Call,
  tools: Tools,
): Promise<AckAnswer> {
  const url = collectorUrl(config.url, 'ack', { channel: config.channel })
  const body = Buffer.from(JSON.stringify({ acks: ackIds.map(Number) }))
  const question = { url, headers: headersOf(config, call), body, ca: config.ca, keptBytes: KEPT_ACK_BYTES }
  const { answer, outcome } = await exchange(question, call, tools, judgeStatus)
  if (!answer) return { verdict: 'failed', message: outcome.message }
  const { code } = readSplunkAnswer(answer.text)
  if (code === ACK_IS_DISABLED || NO_ACK_STATUSES.has(answer.status))
    return {
      verdict: 'unsupported',
      message: 'Splunk gives no acknowledgements for this token, so what it took counts as sent.',
    }
  const acks = outcome.verdict === 'delivered' ? readAcks(answer.text) : undefined
  if (!acks) return { verdict: 'failed', message: toComplaint(code, outcome, judgeSplunk(answer).hint) }
  return { verdict: 'answered', acked: ackIds.filter((ackId) => acks[ackId] === true) }
}

const toComplaint = (code: number | undefined, { message, status }: Outcome, hint: string) =>
  code === undefined ? message : `HTTP ${status}: ${hint}`

/** `{"acks":{"0":true,"1":false}}`, or undefined if the answer is something else. */
function readAcks(text: string): Record<string, unknown> | undefined {
  try {
    const { acks } = JSON.parse(text) as { acks?: unknown }
    return typeof acks === 'object' && acks !== null ? (acks as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Whether HEC is well and takes the token. Where its health can't be asked, a request without events tells. */
export async function checkSplunkHealth(config: SplunkConfig, call: Call, tools: Tools): Promise<Outcome> {
  const ask = async (method: 'GET' | 'POST', path: CollectorPath) => {
    const url = collectorUrl(config.url, path)
    const body = method === 'POST' ? { body: new Uint8Array() } : {}
    const question = { url, method, headers: headersOf(config, call), ca: config.ca, ...body }
    return (await exchange(question, call, tools, judgeSplunkHealth)).outcome
  }
  const health = await ask('GET', 'health')
  return health.status === 404 ? ask('POST', 'event') : health
}
