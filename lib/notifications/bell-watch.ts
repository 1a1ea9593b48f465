import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { requireReader } from './reader'
import { onRung } from './rung'

/** What other processes ring is noticed this much later; what this one rings, at once. */
const POLL_MS = 1_000
/** Several bells that ring together are looked at together. */
const COALESCE_MS = 20
/** A browser needs one for all its tabs; more browsers than that are no person. */
const MAX_OF_PERSON = 10
/** Followers of one tenant in one process: each is a connection, and a query for whatever is rung. */
const MAX_OF_TENANT = 200
const RETRY_AFTER_SECONDS = 30

type Waiter = { above: number; resolve: (newest: number) => void; reject: (error: unknown) => void }
type Follower = { tenantId: string; userId: string; waiter: Waiter | undefined }

/** The numbers that were rung last, looked at once a second for all who follow their bells in this process. */
class BellWatch {
  readonly #followers = new Set<Follower>()
  #timer: NodeJS.Timeout | undefined
  #due = Number.POSITIVE_INFINITY
  #isLooking = false
  #stopListening: (() => void) | undefined

  count(isCounted: (follower: Follower) => boolean): number {
    return [...this.#followers].filter(isCounted).length
  }

  join(follower: Follower): void {
    this.#followers.add(follower)
    this.#stopListening ??= onRung(() => this.#lookIn(COALESCE_MS))
  }

  leave(follower: Follower): void {
    this.#followers.delete(follower)
    if (this.#followers.size > 0) return
    clearTimeout(this.#timer)
    this.#due = Number.POSITIVE_INFINITY
    this.#stopListening?.()
    this.#stopListening = undefined
  }

  /** The newest number of the follower's tenant, once it is above `above`: soon if it is already. */
  next(follower: Follower, above: number, signal: AbortSignal): Promise<number> {
    return new Promise<number>((resolve, reject) => {
      follower.waiter = { above, resolve, reject }
      const leave = () => this.#settle(follower, ({ reject }) => reject(signal.reason))
      if (signal.aborted) return leave()
      signal.addEventListener('abort', leave, { once: true })
      const forget = () => signal.removeEventListener('abort', leave)
      follower.waiter.resolve = (newest) => {
        forget()
        resolve(newest)
      }
      follower.waiter.reject = (error) => {
        forget()
        reject(error)
      }
      this.#lookIn(COALESCE_MS)
    })
  }

  #lookIn(ms: number): void {
    const due = performance.now() + ms
    if (due >= this.#due) return
    clearTimeout(this.#timer)
    this.#due = due
    this.#timer = setTimeout(() => void this.#look(), ms)
    this.#timer.unref()
  }

  async #look(): Promise<void> {
    this.#due = Number.POSITIVE_INFINITY
    // What comes meanwhile is looked for afterwards.
    if (this.#isLooking) return this.#lookIn(COALESCE_MS)
    const asked = [...this.#followers].filter(({ waiter }) => waiter)
    if (asked.length === 0) return
    this.#isLooking = true
    try {
      const newest = await readNewest([...new Set(asked.map(({ tenantId }) => tenantId))])
      for (const follower of asked) {
        const number = newest.get(follower.tenantId) ?? 0
        if (follower.waiter && number > follower.waiter.above)
          this.#settle(follower, ({ resolve }) => resolve(number))
      }
    } catch (error) {
      for (const follower of asked) this.#settle(follower, ({ reject }) => reject(error))
    } finally {
      this.#isLooking = false
      this.#lookIn(POLL_MS)
    }
  }

  #settle(follower: Follower, how: (waiter: Waiter) => void): void {
    const { waiter } = follower
    follower.waiter = undefined
    if (waiter) how(waiter)
  }
}

/** Of all tenants in one query: whatever follows here, a second costs one look. */
async function readNewest(tenantIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await database('deliver').execute<{ tenantId: string; newest: number }>(sql`
    select tenant_id as "tenantId", (next_number - 1)::float8 as newest from notification_heads
    where tenant_id = any(${`{${tenantIds.join(',')}}`}::uuid[])`)
  return new Map(rows.map(({ tenantId, newest }) => [tenantId, newest]))
}

// On globalThis: the server's own modules and Next's bundles are loaded side by side, and share the looks.
const store = globalThis as unknown as { spoorBellWatch?: BellWatch }
store.spoorBellWatch ??= new BellWatch()
const watch = store.spoorBellWatch

/**
 * Joins those who wait for bells of the tenant; `close` leaves them. Throws `rate_limited` where too many wait, in all
 * or of this person.
 */
export function watchBell(scope: TenantScope) {
  const { tenantId, userId } = requireReader(scope)
  const ofPerson = watch.count((one) => one.userId === userId)
  const ofTenant = watch.count((one) => one.tenantId === tenantId)
  if (ofPerson >= MAX_OF_PERSON || ofTenant >= MAX_OF_TENANT) {
    const who = ofPerson >= MAX_OF_PERSON ? 'You follow' : 'This workspace follows'
    const message = `${who} its notifications in too many browsers at once. They are in the bell all the same.`
    throw new AppError('rate_limited', message, { retryAfterSeconds: RETRY_AFTER_SECONDS })
  }
  const follower: Follower = { tenantId, userId, waiter: undefined }
  watch.join(follower)
  return {
    next: (above: number, signal: AbortSignal) => watch.next(follower, above, signal),
    close: () => watch.leave(follower),
  }
}
