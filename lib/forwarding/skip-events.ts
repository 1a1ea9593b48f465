import { inTenant, inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { type Backlog, readBacklog } from '@/lib/delivery/read-backlog'
import { AppError } from '@/lib/errors/app-error'
import { recordDestinationEvent } from './destination-event'
import { findDestination, readDestination } from './find-destination'
import { lockStream, readStream } from './find-stream'
import { moveWithCompanions, readTrailEnd } from './move-stream'
import type { SkipEvents } from './stream-input'

/** What was left out: from its place to the last event skipped, both inclusive. */
export type Skipped = { fromSeq: number; throughSeq: number }

/**
 * Lets a destination leave out events, from its place up to `throughSeq`, or to all that there is now; on record,
 * with the reason. Companions leave them out, too. Throws `not_found`, and `invalid` where there is nothing to skip.
 */
export async function skipEvents(
  scope: TenantScope,
  { id, role, throughSeq, reason }: SkipEvents,
): Promise<Skipped> {
  requirePermission(scope, 'destinations:manage')
  const { tenantId, principal } = scope
  const key = { tenantId, destinationId: id }
  return inTenant(scope, async (tx) => {
    const row = await findDestination(tx, scope, { id, role })
    const { nextSeq } = await lockStream(tx, key)
    const end = await readTrailEnd(tx, tenantId)
    const toSeq = throughSeq === undefined ? end : throughSeq + 1
    if (toSeq > end) throw nothingThere(`The trail ends with ${end - 1}.`)
    if (toSeq <= nextSeq) throw nothingThere(`Everything before ${nextSeq} is done already.`)
    await moveWithCompanions(tx, key, { toSeq, reason, requestedBy: principal.login })
    const skipped = { fromSeq: nextSeq, throughSeq: toSeq - 1 }
    const words = `leaves out the events ${nextSeq} to ${toSeq - 1}`
    await recordDestinationEvent(tx, scope, row, 'DESTINATION_EVENTS_SKIPPED', words, { ...skipped, reason })
    return skipped
  })
}

/** How many events `skipEvents` would leave out. Throws `not_found`. */
export async function previewSkip(
  scope: TenantScope,
  { id, role, throughSeq }: Omit<SkipEvents, 'reason'>,
): Promise<Pick<Backlog, 'events' | 'isCapped'>> {
  requirePermission(scope, 'destinations:read')
  const key = { tenantId: scope.tenantId, destinationId: id }
  return inTenantSnapshot(scope, async (tx) => {
    await readDestination(tx, scope, { id, role })
    const { nextSeq } = await readStream(tx, key)
    const all = await readBacklog(tx, key, nextSeq)
    if (throughSeq === undefined) return { events: all.events, isCapped: all.isCapped }
    const after = await readBacklog(tx, key, Math.max(nextSeq, throughSeq + 1))
    return { events: Math.max(0, all.events - after.events), isCapped: all.isCapped || after.isCapped }
  })
}

function nothingThere(detail: string): AppError {
  const violations = [{ pointer: '/throughSeq', code: 'invalid', detail }]
  return new AppError('invalid', `There is nothing to skip. ${detail}`, { violations })
}
