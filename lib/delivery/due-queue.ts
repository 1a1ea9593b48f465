import { findDueStreams, findDueTenants } from './find-due'
import type { StreamKey } from './matching-events'

/** Streams of a tenant that are noted in one look: enough for its share until the next look. */
const NOTED_STREAMS = 32
/**
 * Streams that were due when it last looked, by tenant. It may be out of date, which does no harm: a lease is
 * refused to whom is not due.
 */
export class DueQueue {
  readonly #waiting = new Map<string, StreamKey[]>()
  #lookedAt = Number.NEGATIVE_INFINITY

  /** Tenants with noted streams, longest waiting first. */
  get tenants(): string[] {
    return [...this.#waiting.keys()]
  }

  /** Milliseconds since the last look. */
  get ageMs(): number {
    return performance.now() - this.#lookedAt
  }

  /** Forgets what it noted and looks anew. `full` tenants are left out. */
  async look(full: readonly string[], brokenStreams: readonly string[]): Promise<void> {
    this.#lookedAt = performance.now()
    const tenants = await findDueTenants(full)
    const streams = tenants.length > 0 ? await findDueStreams(tenants, NOTED_STREAMS, brokenStreams) : []
    this.#waiting.clear()
    for (const tenantId of tenants) this.#waiting.set(tenantId, [])
    for (const key of streams) this.#waiting.get(key.tenantId)?.push(key)
    for (const [tenantId, keys] of this.#waiting) if (keys.length === 0) this.#waiting.delete(tenantId)
  }

  /** The tenant's stream that has waited longest. */
  take(tenantId: string): StreamKey | undefined {
    const keys = this.#waiting.get(tenantId)
    const key = keys?.shift()
    if (keys?.length === 0) this.#waiting.delete(tenantId)
    return key
  }
}
