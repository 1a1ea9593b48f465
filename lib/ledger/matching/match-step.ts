import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { followStep, StaleReferences } from './follow-step'
import { type MatchingState, readMatchingState, tryLockMatchingState } from './matching-state'
import { referenceCache } from './reference-cache'
import { rematchStep } from './rematch-step'
import { trimStep } from './trim-step'

/** `idle`: nothing is left. `busy`: another process is at it. */
export type Step = {
  kind: 'idle' | 'busy' | 'trimmed' | 'followed' | 'rematched'
  events: number
  /** More events wait. */
  isBehind: boolean
  /** References that were matched. */
  references: number
  /** Of those that were matched again: with another meaning. */
  changed: number
}

const step = (kind: Step['kind'], counts: Partial<Step> = {}): Step => ({
  kind,
  events: 0,
  isBehind: false,
  references: 0,
  changed: 0,
  ...counts,
})

/**
 * Goes on with matching by one transaction of some 60 ms. New events come first; when they are done, or
 * when `isTurnOfRematch`, references are matched again.
 */
export async function matchStep(scope: TenantScope, isTurnOfRematch = false): Promise<Step> {
  try {
    const { done, remember } = await inTenant(scope, (tx) => takeStep(tx, scope, isTurnOfRematch))
    remember?.()
    return done
  } catch (error) {
    if (error instanceof StaleReferences) return step('followed')
    throw error
  }
}

type Taken = { done: Step; remember?: () => void }

async function takeStep(tx: Transaction, scope: TenantScope, isTurnOfRematch: boolean): Promise<Taken> {
  const state = await tryLockMatchingState(tx, scope.tenantId)
  if (!state) return { done: step((await readMatchingState(tx, scope.tenantId)) ? 'busy' : 'idle') }
  const { head, firstSeq } = await readHead(tx, scope.tenantId)
  if (firstSeq > state.firstSeq) {
    await trimStep(tx, state, firstSeq, referenceCache)
    return { done: step('trimmed') }
  }
  const isBehind = state.wanted > state.matched
  const behind = head - state.nextSeq
  if (behind > 0 && !(isBehind && isTurnOfRematch)) return follow(tx, state, head)
  if (!isBehind) return { done: step('idle') }
  return { done: step('rematched', await rematchStep(tx, scope, state)) }
}

async function follow(tx: Transaction, state: MatchingState, head: number): Promise<Taken> {
  const { remember, ...counts } = await followStep(tx, state, head, referenceCache)
  const isBehind = state.nextSeq + counts.events < head
  return { done: step('followed', { ...counts, isBehind }), remember }
}

async function readHead(tx: Transaction, tenantId: string): Promise<{ head: number; firstSeq: number }> {
  const [row] = await tx.execute<{ head: number; firstSeq: number }>(sql`
    select next_seq::float8 as head, first_seq::float8 as "firstSeq" from trail_heads where tenant_id = ${tenantId}`)
  return row ?? { head: 0, firstSeq: 0 }
}
