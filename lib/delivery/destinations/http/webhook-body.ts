import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'

/** The envelope of a batch, shared out to its first event; the numbers and times in front of items pay for the rest. */
export const WEBHOOK_OVERHEAD_BYTES = 150

/** Standard Webhooks knows no other characters in a type. */
const toWebhookType = (type: string) => `audit.${type.replace(/[^a-zA-Z0-9_.]/g, '_')}`

/** One event as a message of its own: `json` under `data`, the time when it occurred. */
export function toWebhookEvent({ type, occurredAt }: ForwardedEvent, json: string): string {
  const head = JSON.stringify({ type: toWebhookType(type), timestamp: occurredAt })
  return `${head.slice(0, -1)},"data":${json}}`
}

/** An event of a batch with what the envelope needs in front: its number and when it was received. */
export const toWebhookItem = ({ seq, receivedAt }: ForwardedEvent, json: string) =>
  `${seq} ${receivedAt} ${json}`

/** Events as one message of Standard Webhooks; its time is when the trail received the last of them. */
export function joinWebhookEvents(items: readonly string[]): string {
  const events = items.map((item) => {
    const [seq = '', receivedAt = ''] = item.split(' ', 2)
    return { seq: Number(seq), receivedAt, json: item.slice(seq.length + receivedAt.length + 2) }
  })
  const timestamp = events.at(-1)?.receivedAt
  const head = JSON.stringify({ type: 'audit.batch', timestamp })
  const range = JSON.stringify({ first_seq: events[0]?.seq, last_seq: events.at(-1)?.seq })
  const list = events.map(({ json }) => json).join(',')
  return `${head.slice(0, -1)},"data":{"events":[${list}],${range.slice(1, -1)}}}`
}
