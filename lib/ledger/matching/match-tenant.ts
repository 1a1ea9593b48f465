import { setTimeout as sleep } from 'node:timers/promises'
import type { TenantScope } from '@/lib/access/scope'
import { type MatchCounts, noCounts, Turn } from './match-turn'

/** While another process is at it. */
const BUSY_MS = 50

/**
 * Matches a tenant's events until nothing is left, the budget is used up or the signal aborts. Nothing where the tenant
 * doesn't use the ledger.
 */
export async function matchTenant(
  scope: TenantScope,
  { budgetMs, signal }: { budgetMs: number; signal?: AbortSignal },
): Promise<MatchCounts> {
  const deadline = performance.now() + budgetMs
  const counts = noCounts()
  const turn = new Turn(scope)
  while (!signal?.aborted && performance.now() < deadline) {
    const kind = await turn.take(counts, signal)
    if (kind === 'idle') break
    if (kind === 'busy') await sleep(BUSY_MS)
  }
  return counts
}
