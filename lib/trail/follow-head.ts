import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { onAppended } from './appended'
import { hasEntityChoice, type TrailFilter } from './filter'
import { readFilteredHead } from './filtered-head'

/** What other processes append is noticed this much later; what this one appends, at once. */
const POLL_MS = 1_000
/** Under a steady flow of events one look serves all that came meanwhile. */
const COALESCE_MS = 20
/** Followers of one tenant in one process: each is a connection and a query for whatever arrives. */
const MAX_FOLLOWERS = 25
const RETRY_AFTER_SECONDS = 30

type Waiter = { above: number; resolve: (head: number) => void; reject: (error: unknown) => void }

/** The head of one tenant's trail, for all events or for those that are matched, looked at once for all that follow it. */
class HeadWatch {
  constructor(private readonly filter: TrailFilter) {}

  readonly scopes: TenantScope[] = []
  private readonly waiters = new Set<Waiter>()
  private timer: NodeJS.Timeout | undefined
  private isLooking = false
  private stopListening: (() => void) | undefined
  private due = Number.POSITIVE_INFINITY

  join(scope: TenantScope): void {
    this.scopes.push(scope)
    this.stopListening ??= onAppended(scope.tenantId, () => this.lookIn(COALESCE_MS))
  }

  leave(scope: TenantScope): void {
    this.scopes.splice(this.scopes.indexOf(scope), 1)
    if (this.scopes.length > 0) return
    clearTimeout(this.timer)
    this.stopListening?.()
  }

  /** The head, once it is above `above`: at once if it is already. */
  next(above: number, signal: AbortSignal): Promise<number> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.waiters.delete(waiter)
        reject(signal.reason)
      }
      // Taken off again by whoever settles it: a reader of months waits a thousand times an hour on one signal.
      const waiter: Waiter = {
        above,
        resolve: (head) => {
          signal.removeEventListener('abort', leave)
          resolve(head)
        },
        reject: (error) => {
          signal.removeEventListener('abort', leave)
          reject(error)
        },
      }
      this.waiters.add(waiter)
      if (signal.aborted) leave()
      else signal.addEventListener('abort', leave, { once: true })
      this.lookIn(0)
    })
  }

  private lookIn(ms: number): void {
    const due = performance.now() + ms
    if (this.isLooking || due >= this.due) return
    clearTimeout(this.timer)
    this.due = due
    this.timer = setTimeout(() => void this.look(), ms)
    this.timer.unref()
  }

  private async look(): Promise<void> {
    this.due = Number.POSITIVE_INFINITY
    const [scope] = this.scopes
    if (!scope) return
    this.isLooking = true
    const asked = [...this.waiters]
    try {
      const head = await readFilteredHead(scope, this.filter)
      this.settle(
        asked.filter(({ above }) => head > above),
        ({ resolve }) => resolve(head),
      )
    } catch (error) {
      this.settle(asked, ({ reject }) => reject(error))
    } finally {
      this.isLooking = false
      // Whoever came while we looked has not been answered by it.
      const isLate = [...this.waiters].some((waiter) => !asked.includes(waiter))
      if (this.waiters.size > 0) this.lookIn(isLate ? 0 : POLL_MS)
    }
  }

  private settle(waiters: Waiter[], how: (waiter: Waiter) => void): void {
    for (const waiter of waiters) {
      this.waiters.delete(waiter)
      how(waiter)
    }
  }
}

// On globalThis: the front lane and Next's route handlers are loaded apart, and share a tenant's look.
const store = globalThis as unknown as { spoorHeadWatches?: Map<string, HeadWatch> }
store.spoorHeadWatches ??= new Map()
const watches = store.spoorHeadWatches

/**
 * Joins those who wait for the tenant's trail to grow, as far as the filter can judge it (`readFilteredHead`); `close`
 * leaves them. Throws `rate_limited` where too many follow already.
 */
export function watchHead(scope: TenantScope, filter: TrailFilter) {
  const key = hasEntityChoice(filter) ? `${scope.tenantId} matched` : scope.tenantId
  const watch = watches.get(key) ?? new HeadWatch(filter)
  if (watch.scopes.length >= MAX_FOLLOWERS) {
    const message = `${MAX_FOLLOWERS} readers follow this trail on this server already. Close one of them first.`
    throw new AppError('rate_limited', message, { retryAfterSeconds: RETRY_AFTER_SECONDS })
  }
  watches.set(key, watch)
  watch.join(scope)
  let isOpen = true
  return {
    next: (above: number, signal: AbortSignal) => watch.next(above, signal),
    close: () => {
      if (!isOpen) return
      isOpen = false
      watch.leave(scope)
      if (watch.scopes.length === 0) watches.delete(key)
    },
  }
}
