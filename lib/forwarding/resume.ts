import type { Transaction } from '@/db/client'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { wordsOf } from '@/lib/delivery/destinations/roles'
import { AFTER_RESUME } from '@/lib/delivery/lifecycle/failure-reset'
import { AppError } from '@/lib/errors/app-error'
import { recordDestinationEvent } from './destination-event'
import { findDestination } from './find-destination'
import { findSeqAt } from './find-seq-at'
import { AFRESH, lockStream } from './find-stream'
import { moveWithCompanions, readTrailEnd } from './move-stream'
import type { ResumeDestination } from './stream-input'
import { switchStream } from './switch-stream'

/**
 * Switches a destination on again, also one that Spoor disabled. It goes on where it stopped; with `from` at a
 * moment, or with what comes now, and what lies between is skipped, on record. Nothing is set back: what was
 * sent already can be replayed. Throws `not_found`, `conflict` where a running one would have to skip, and `invalid`
 * for a moment before its place or in the future.
 */
export async function resumeDestination(
  scope: TenantScope,
  { id, role, from = 'cursor', at, reason }: ResumeDestination,
): Promise<{ id: string }> {
  requirePermission(scope, 'destinations:manage')
  const { tenantId, principal } = scope
  const key = { tenantId, destinationId: id }
  await inTenant(scope, async (tx) => {
    const row = await findDestination(tx, scope, { id, role })
    const { state, reason: disabledFor, nextSeq } = await lockStream(tx, key)
    if (state === 'active' && from !== 'cursor')
      throw new AppError('conflict', `This ${wordsOf(row).noun} is running. Skip events of it instead.`)
    const toSeq = from === 'cursor' ? nextSeq : await findPlace(tx, tenantId, nextSeq, at)
    const move = { toSeq, reason: reason ?? 'Resumed from a later place.', requestedBy: principal.login }
    if (from !== 'cursor') await moveWithCompanions(tx, key, move)
    const changes = { ...AFRESH, ...AFTER_RESUME }
    if (!(await switchStream(tx, key, { state: 'active', changes }))) return
    await recordDestinationEvent(tx, scope, row, 'DESTINATION_RESUMED', 'was resumed', {
      from,
      ...(disabledFor && { disabledFor }),
      ...(toSeq > nextSeq && { skipped: { fromSeq: nextSeq, throughSeq: toSeq - 1 } }),
      ...(reason !== undefined && { reason }),
    })
  })
  return { id }
}

/** Where it goes on: `at` a moment, or behind what there is now. */
async function findPlace(
  tx: Transaction,
  tenantId: string,
  nextSeq: number,
  at: string | undefined,
): Promise<number> {
  if (at === undefined) return Math.max(nextSeq, await readTrailEnd(tx, tenantId))
  if (Date.parse(at) > Date.now())
    throw refuseMoment('That moment has not come yet.', 'This is in the future. Resume it now.')
  const toSeq = await findSeqAt(tx, tenantId, new Date(at))
  if (toSeq >= nextSeq) return toSeq
  throw refuseMoment(
    'What came between that moment and its place was sent already.',
    'This is before its place. Resume it, and replay since then.',
  )
}

function refuseMoment(message: string, detail: string): AppError {
  return new AppError('invalid', message, { violations: [{ pointer: '/at', code: 'invalid', detail }] })
}
