import type { StoredEvent } from '@/lib/event/stored-event'
import type { MatchedEvent } from '@/lib/ledger/matched/matched-event'
import type { Count } from '@/lib/trail/overview'

export const TIMELINE_SIDES = ['actor', 'target', 'sign-ins'] as const
/**
 * What an entity did, what was done to it, and who signed in: events whose action or code is a sign-in or sign-out, also a
 * failed one, with the entity on either side. Windows names who signs in as the target, others as the actor.
 */
export type TimelineSide = (typeof TIMELINE_SIDES)[number]

/** An event beside what the ledger knows of it; `{}` where that is nothing. */
export type TimelineEvent = StoredEvent & { matched: MatchedEvent }

/** Newest first. A page may be short and have a `next`: the search has read enough for one request and goes on there. */
export type Timeline = { events: TimelineEvent[]; next: string | null }

/** More names than these nobody reads. */
export const MAX_CALLED_BY = 100

/** What events of one source call the entity. */
export type CalledBy = {
  role: 'actor' | 'target'
  origin: string
  type: string | null
  name: string | null
  parent: string | null
  identity: string | null
  refId: string | null
  /** Events that call something so, whenever they occurred. */
  events: number
}

export type Activity = {
  asActor: Count
  asTarget: Count
  /** When the newest events on either side occurred; null if there are none. */
  lastAt: Date | null
  /** Most frequent first, the first hundred. */
  references: CalledBy[]
}
