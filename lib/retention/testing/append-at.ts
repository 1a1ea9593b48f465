import { driver } from '@/db/client'
import type { TenantScope } from '@/lib/access/scope'
import { acceptEvent } from '@/lib/event/accept-event'
import type { EventInput } from '@/lib/event/event-input'
import { appendFresh } from '@/lib/trail/append-rows'
import { APPEND_STATEMENT, type FlushBase } from '@/lib/trail/append-statement'
import { toEventRow } from '@/lib/trail/event-row'

const DAY_MS = 86_400_000

/** Appends events as if they had been received so many days ago, with their real leaves. Gives the seqs. */
export async function appendDaysAgo(
  { tenantId }: TenantScope,
  days: number,
  events: readonly EventInput[],
): Promise<number[]> {
  const receivedAt = new Date(Date.now() - days * DAY_MS).toISOString()
  const rows = events.map((event) => {
    const acceptance = acceptEvent({ ...event }, receivedAt)
    if ('violations' in acceptance) throw new Error(JSON.stringify(acceptance.violations))
    return toEventRow({ tenantId, idKey: new Uint8Array() }, acceptance.accepted, 'token:test', receivedAt)
  })
  return appendFresh(rows, (parameters) => driver('append').unsafe<FlushBase[]>(APPEND_STATEMENT, parameters))
}
