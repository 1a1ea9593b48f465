import type { Backlog } from '@/lib/delivery/read-backlog'
import type { DestinationView } from '@/lib/forwarding/destination-view'

/** What the list shows of a destination, as it goes to the browser. Moments are RFC 3339. */
export type DestinationSummary = {
  id: string
  name: string
  host: string
  note: string
  state: DestinationView['state']
  sentAt: string | null
  sentEvents: number
  failedAt: string | null
  failedAttempts: number
  failMessage: string | null
  /** Whether the latest try failed: then the words above are the present state, else they are history. */
  isFailing: boolean
  backlog: BacklogSummary
}

/** How many events wait, and for how long the oldest of them does; `isCapped` means that there may be more. */
export type BacklogSummary = { events: number; isCapped: boolean; ageSeconds: number | null }

export function toSummary(view: DestinationView, now: number): DestinationSummary {
  const { id, name, url, note, state, stats } = view
  return {
    id,
    name,
    host: new URL(url).host,
    note,
    state,
    sentAt: stats.sentAt?.toISOString() ?? null,
    sentEvents: stats.sentEvents,
    failedAt: stats.failedAt?.toISOString() ?? null,
    failedAttempts: stats.failedAttempts,
    failMessage: stats.failMessage,
    isFailing: stats.consecutiveFailures > 0,
    backlog: summarizeBacklog(stats.backlog, now),
  }
}

export function summarizeBacklog({ events, isCapped, oldestAt }: Backlog, now: number): BacklogSummary {
  return { events, isCapped, ageSeconds: oldestAt && Math.max(0, (now - oldestAt.getTime()) / 1000) }
}
