import { scopeForSystem } from '@/lib/access/scope-for-system'
import { isAwayForAll } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { findDue } from './find-due'
import { type MatchCounts, noCounts, Turn } from './match-turn'

/** A tenant makes room for the next one after so long. */
const TURN_MS = 250
/** What can't be matched is tried again after so long: often enough to heal, seldom enough for the log. */
const BROKEN_MS = 60_000

/** Tenants left alone, and until when (`performance.now()`). */
const broken = new Map<string, number>()

/**
 * Matches the events of all tenants with their ledgers, in turns, until nothing is left, the budget is used up or the
 * signal aborts. Safe to run in several processes at once, one of which works on a tenant, and to be killed at any time.
 */
export async function matchTrails({
  budgetMs,
  signal,
}: {
  budgetMs: number
  signal?: AbortSignal
}): Promise<MatchCounts> {
  const deadline = performance.now() + budgetMs
  const isOver = () => signal?.aborted === true || performance.now() > deadline
  for (const [tenantId, until] of broken) if (until < performance.now()) broken.delete(tenantId)
  const counts = noCounts()
  const turns = new Map<string, Turn>()
  for (let progressed = true; progressed && !isOver(); ) {
    progressed = false
    for (const tenantId of await findDue([...broken.keys()])) {
      if (isOver()) break
      try {
        const turn = turns.get(tenantId) ?? new Turn(await scopeForSystem(tenantId, 'SCHEDULER'))
        turns.set(tenantId, turn)
        if (await takeTurn(turn, counts, isOver, signal)) progressed = true
      } catch (error) {
        if (isAwayForAll(error)) throw error
        reportError(error, newReference())
        broken.set(tenantId, performance.now() + BROKEN_MS)
      }
    }
  }
  return counts
}

async function takeTurn(
  turn: Turn,
  counts: MatchCounts,
  isOver: () => boolean,
  signal?: AbortSignal,
): Promise<boolean> {
  const end = performance.now() + TURN_MS
  let progressed = false
  do {
    const kind = await turn.take(counts, signal)
    if (kind === 'idle' || kind === 'busy') return progressed
    progressed = true
  } while (performance.now() < end && !isOver())
  return progressed
}
