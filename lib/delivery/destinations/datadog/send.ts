import type { Delivery, Tools } from '@/lib/delivery/destinations/contract'
import { batchHeaders, exchange } from '@/lib/delivery/destinations/http/exchange'
import { type Judge, type Judgement, judgeStatus } from '@/lib/delivery/destinations/http/judge-status'
import type { Outcome } from '@/lib/delivery/outcome'
import { type DatadogConfig, urlOf } from './config'
import { toLogArray } from './log'

const BAD_KEY: Judgement = {
  verdict: 'failed',
  hint: 'Datadog does not accept this API key. Check the key, and whether it belongs to this site.',
}
const STATUSES: Record<number, Judgement> = {
  400: { verdict: 'refused', hint: 'Datadog does not understand a log.' },
  401: BAD_KEY,
  403: BAD_KEY,
  413: { verdict: 'refused', hint: 'Datadog finds this too large.' },
}
const NOT_DATADOG: Judgement = {
  verdict: 'failed',
  hint: 'This did not answer as Datadog’s log intake does, so nothing counts as delivered. Check the URL and what stands before Datadog.',
}

/** Pages for people come from something in between, such as a proxy or a sign-in. */
const isPage = (text: string) => /^\s*</.test(text)
const isComplaint = (text: string) => /^\s*\{\s*"errors?"\s*:(?!\s*(?:null|\[\s*\]|""))/.test(text)

/** Datadog answers 202 and `{}`, its agents 200 or nothing. */
export const judgeDatadog: Judge = ({ status, ...answer }) => {
  const judgement = STATUSES[status] ?? judgeStatus({ status, ...answer })
  if (judgement.verdict === 'delivered')
    return isPage(answer.text) || isComplaint(answer.text)
      ? NOT_DATADOG
      : { verdict: 'delivered', hint: 'Datadog took it.' }
  // Else a wrong URL would make dead letters of events that nobody has looked at.
  return status === 400 && isPage(answer.text) ? NOT_DATADOG : judgement
}

/** Posts one batch. Datadog says nothing about single logs. */
export async function sendDatadog(config: DatadogConfig, delivery: Delivery, tools: Tools): Promise<Outcome> {
  const lines = Buffer.from(delivery.body).toString()
  const { outcome } = await exchange(
    {
      url: urlOf(config),
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'dd-api-key': delivery.secrets.apiKey ?? '',
        ...batchHeaders(delivery),
      },
      body: Buffer.from(toLogArray(lines, Date.now())),
      gzip: config.gzip,
      ca: config.ca,
    },
    delivery,
    tools,
    judgeDatadog,
  )
  return outcome
}
