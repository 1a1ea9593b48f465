import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { erasures } from '@/db/schema/retention'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { refuseUnderHold } from '@/lib/holds/active-hold'
import { lockMatchingState } from '@/lib/ledger/matching/matching-state'
import { lockBlocks } from '@/lib/trail/blocks/lock-blocks'
import type { Erasure } from './erasure'
import { findEvents, readSealedSize } from './find-events'
import type { EraseValues } from './input'
import { readErasures } from './read-erasures'
import { redactEvents } from './redact-events'
import { effectivePointers, redactRow } from './redact-row'

/**
 * Erases values of some events at once: when this resolves they are gone. Throws `conflict` under a legal hold or
 * where an event is not sealed yet, `not_found`, and `invalid` where there is nothing to erase.
 */
export async function eraseValues(scope: TenantScope, input: EraseValues): Promise<Erasure> {
  requirePermission(scope, 'events:erase')
  const { tenantId, principal } = scope
  const { reasonCode, note } = input
  const id = randomUUID()
  return inTenant(scope, async (tx) => {
    // First, so that no other erasure changes what is read here.
    await lockBlocks(tx, tenantId)
    await refuseUnderHold(tx, tenantId)
    const rows = await findEvents(tx, tenantId, input)
    const sealedSize = await readSealedSize(tx, tenantId)
    const unsealed = rows.find(({ seq }) => seq >= sealedSize)
    if (unsealed) {
      const message = `Event ${unsealed.seq} is not sealed yet. That takes about a second; then try again.`
      throw new AppError('conflict', message, { retryAfterSeconds: 1 })
    }
    const pointers = effectivePointers(rows, input.pointers)
    const changes = rows.flatMap((row) => redactRow(row, pointers) ?? [])
    if (changes.length === 0)
      throw new AppError(
        'invalid',
        'There is nothing to erase: the events have none of these values (any more), or must keep them to explain others.',
      )
    const throughSeq = (rows.at(-1)?.seq ?? 0) + 1
    await tx.insert(erasures).values({
      tenantId,
      id,
      kind: 'values',
      state: 'done',
      reasonCode,
      note,
      pointers,
      nextSeq: throughSeq,
      throughSeq,
      events: changes.length,
      requestedBy: principal.login,
      finishedAt: sql`now()`,
    })
    const [erasure] = await readErasures(tx, tenantId, id)
    // Before the trail's head, which the first event takes, as whoever matches and tells of it does.
    await lockMatchingState(tx, tenantId)
    await recordEvent(tx, scope, 'ERASURE_REQUESTED', {
      targets: [{ type: 'erasure', id }],
      count: changes.length,
      data: { kind: 'values', pointers, reasonCode, ...(note && { note }) },
    })
    await redactEvents(tx, scope, changes, { pointers, reasonCode, by: principal.login, erasureId: id })
    return erasure as Erasure
  })
}
