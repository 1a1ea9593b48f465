import { type ForwardedEvent, toEventJson } from '@/lib/delivery/forwarded-event'

/** What Splunk files an event under. Without a `host` it is the event's own source. */
export type HecMetadata = {
  host?: string | undefined
  source?: string | undefined
  sourcetype?: string | undefined
  index?: string | undefined
}

/**
 * An event as the event endpoint takes it; one line. `audit_id` becomes an indexed field, by which repeats are
 * found: `| dedup audit_id`. Time is in seconds of the epoch.
 */
export function toHecEvent(
  event: ForwardedEvent,
  { host = event.source ?? undefined, source = 'spoor', sourcetype = '_json', index }: HecMetadata = {},
  checkpoint?: string,
): string {
  const time = (Date.parse(event.occurredAt) / 1000).toFixed(3)
  const envelope = JSON.stringify({
    ...(host && { host }),
    source,
    sourcetype,
    ...(index && { index }),
    fields: { audit_id: event.id },
  })
  return `{"time":${time},${envelope.slice(1, -1)},"event":${toEventJson(event, checkpoint)}}`
}
