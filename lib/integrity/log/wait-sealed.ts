import { inArray } from 'drizzle-orm'
import { database } from '@/db/client'
import { logHeads } from '@/db/schema/logs'
import { newReference, reportError } from '@/lib/errors/report-error'

/** The sealer seals once a second: a look costs 0.2 ms, and adds 40 ms to a second on average. */
const LOOK_EVERY_MS = 75

type Waiter = { seq: number; answer: (isSealed: boolean) => void }
type Waiting = { byTenant: Map<string, Set<Waiter>>; looking: boolean }

// On globalThis: the front lane and Next's route handlers are loaded apart, and share the one look.
const store = globalThis as unknown as { spoorSealWaiting?: Waiting }
store.spoorSealWaiting ??= { byTenant: new Map(), looking: false }
const waiting = store.spoorSealWaiting

/**
 * Resolves to true when a checkpoint covers the event with this seq, to false after `timeoutMs`. All who wait in
 * this process share one query, and nothing is asked while nobody waits.
 */
export function waitSealed(tenantId: string, seq: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const waiters = waiting.byTenant.get(tenantId) ?? new Set()
    waiting.byTenant.set(tenantId, waiters)
    const waiter: Waiter = {
      seq,
      answer: (isSealed) => {
        clearTimeout(timer)
        waiters.delete(waiter)
        if (waiters.size === 0 && waiting.byTenant.get(tenantId) === waiters)
          waiting.byTenant.delete(tenantId)
        resolve(isSealed)
      },
    }
    const timer = setTimeout(() => waiter.answer(false), timeoutMs)
    waiters.add(waiter)
    if (!waiting.looking) void look()
  })
}

async function look(): Promise<void> {
  waiting.looking = true
  try {
    const rows = await database('append')
      .select({ tenantId: logHeads.tenantId, size: logHeads.size })
      .from(logHeads)
      .where(inArray(logHeads.tenantId, [...waiting.byTenant.keys()]))
    for (const { tenantId, size } of rows)
      for (const waiter of [...(waiting.byTenant.get(tenantId) ?? [])])
        if (waiter.seq < size) waiter.answer(true)
  } catch (error) {
    // Those who wait are answered without proofs when their time is over.
    reportError(error, newReference())
  }
  if (waiting.byTenant.size > 0) setTimeout(() => void look(), LOOK_EVERY_MS)
  else waiting.looking = false
}
