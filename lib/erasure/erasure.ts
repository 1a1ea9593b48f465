import type { ReasonCode } from './input'

/**
 * An erasure as it is shown. `running` until every event that was there when it was asked for has been looked at;
 * it goes on in the background, whoever looks.
 */
export type Erasure = {
  id: string
  kind: 'values' | 'actor'
  state: 'running' | 'done'
  reasonCode: ReasonCode
  note: string | null
  /** What was chosen; of an actor, the members of which something was erased so far. */
  pointers: string[]
  /** Events of which something was erased so far. */
  events: number
  /** Events looked at, of how many. */
  progress: { done: number; total: number }
  /** Why it does not go on, in words for people: a legal hold, or events that are not sealed yet. */
  waitsFor: string | null
  requestedBy: string
  requestedAt: Date
  finishedAt: Date | null
}
