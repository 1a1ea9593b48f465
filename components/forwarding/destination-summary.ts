import type { Backlog } from '@/lib/delivery/read-backlog'
import type { DestinationView } from '@/lib/forwarding/destination-view'

/** What a destination is doing, for people. */
export type Condition = 'active' | 'failing' | 'probing' | 'recovering' | 'paused' | 'disabled'

/** What the list shows of a destination, as it goes to the browser. Moments are RFC 3339. */
export type DestinationSummary = {
  id: string
  name: string
  kindLabel: string
  target: string
  note: string
  state: DestinationView['state']
  condition: Condition
  sentAt: string | null
  sentEvents: number
  failedAt: string | null
  failedAttempts: number
  failMessage: string | null
  deadEvents: number
  backlog: BacklogSummary
}

/**
 * How many events wait, and for how long the oldest of them does; `isCapped` means that there may be more, `isMatching`
 * that they have waited for long to be matched with the ledger.
 */
export type BacklogSummary = {
  events: number
  isCapped: boolean
  ageSeconds: number | null
  isMatching: boolean
}

export function toSummary(view: DestinationView, now: number): DestinationSummary {
  const { id, name, kindLabel, target, note, state, stats } = view
  return {
    id,
    name,
    kindLabel,
    target,
    note,
    state,
    condition: conditionOf(view),
    sentAt: stats.sentAt?.toISOString() ?? null,
    sentEvents: stats.sentEvents,
    failedAt: stats.failedAt?.toISOString() ?? null,
    failedAttempts: stats.failedAttempts,
    failMessage: stats.failMessage,
    deadEvents: stats.deadEvents,
    backlog: summarizeBacklog(stats.backlog, now),
  }
}

/** As much of a note as tells two apart. */
const NOTE_LENGTH = 60

/** Several destinations may lead to the same host: their notes tell them apart where nothing else is beside them. */
export function fullName({ name, note }: Pick<DestinationView, 'name' | 'note'>): string {
  if (note === '') return name
  const [firstLine = ''] = note.split('\n')
  return `${name} (${firstLine.length > NOTE_LENGTH ? `${firstLine.slice(0, NOTE_LENGTH)}…` : firstLine})`
}

/** Whether nothing gets through at present: then the last failure is the present state, else it is history. */
export const isInTrouble = (condition: Condition): boolean =>
  condition === 'failing' || condition === 'probing' || condition === 'disabled'

export function conditionOf({
  state,
  stats,
}: {
  state: DestinationView['state']
  stats: Pick<DestinationView['stats'], 'breaker' | 'consecutiveFailures'>
}): Condition {
  if (state !== 'active') return state
  if (stats.breaker === 'open') return 'probing'
  if (stats.consecutiveFailures > 0) return 'failing'
  return stats.breaker === 'half_open' ? 'recovering' : 'active'
}

/** What is matched as it comes is so within seconds; what takes longer is worth a word. */
const LONG_SECONDS = 60

export function summarizeBacklog(
  { events, isCapped, oldestAt, isUnmatched }: Backlog,
  now: number,
): BacklogSummary {
  const ageSeconds = oldestAt && Math.max(0, (now - oldestAt.getTime()) / 1000)
  const isMatching = isUnmatched && ageSeconds !== null && ageSeconds > LONG_SECONDS
  return { events, isCapped, ageSeconds, isMatching }
}

/** `12,345 events wait`, with a plus where nobody counted on. */
export function waitingWords({ events, isCapped }: Pick<BacklogSummary, 'events' | 'isCapped'>): string {
  if (events === 0 && !isCapped) return 'nothing waits'
  const count = `${events.toLocaleString('en')}${isCapped ? ' or more' : ''}`
  return events === 1 && !isCapped ? '1 event waits' : `${count} events wait`
}
