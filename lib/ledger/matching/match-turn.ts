import { setTimeout as sleep } from 'node:timers/promises'
import type { TenantScope } from '@/lib/access/scope'
import { isIngesting } from './is-ingesting'
import { matchStep, type Step } from './match-step'

/** Steps through events that wait between two of matching again: so that it ends even while a long trail is read. */
const STEPS_PER_REMATCH = 8
/**
 * While events come in, matching again takes a quarter of the time at most: it shares the database with ingestion,
 * which is to lose less than a fifth.
 */
const REST_PER_WORK = 3

export type MatchCounts = {
  /** Events that were matched as they came. */
  events: number
  /** Names that were matched, for the first time or again. */
  references: number
  /** Names that mean something else since they were matched again. */
  changed: number
}

export const noCounts = (): MatchCounts => ({ events: 0, references: 0, changed: 0 })

/** One tenant's matching, step by step. */
export class Turn {
  readonly #scope: TenantScope
  #longSteps = 0
  #mayRematch = false

  constructor(scope: TenantScope) {
    this.#scope = scope
  }

  /** Takes one step and adds to the counts; `idle` and `busy` did nothing. */
  async take(counts: MatchCounts, signal?: AbortSignal): Promise<Step['kind']> {
    const begin = performance.now()
    const done = await matchStep(this.#scope, this.#mayRematch)
    counts.events += done.events
    counts.references += done.references
    counts.changed += done.changed
    if (done.kind === 'followed') {
      this.#longSteps = done.isBehind ? this.#longSteps + 1 : 0
      this.#mayRematch = !done.isBehind || this.#longSteps % STEPS_PER_REMATCH === 0
      return done.kind
    }
    this.#mayRematch = false
    const workMs = performance.now() - begin
    if (done.kind === 'rematched' && (await isIngesting()))
      await sleep(workMs * REST_PER_WORK, undefined, signal && { signal }).catch(() => {})
    return done.kind
  }
}
