import type { Transaction } from '@/db/client'
import type { TenantScope } from '@/lib/access/scope'
import { AFTER_RESUME } from '@/lib/delivery/lifecycle/failure-reset'
import { recordDestinationEvent } from './destination-event'
import type { DestinationRow } from './find-destination'
import { AFRESH, type StreamRow } from './find-stream'
import { switchStream } from './switch-stream'

/**
 * Switches an edited channel as its form says. One that Spoor disabled and that shall stay off keeps the reason.
 * Call it with its stream locked, as it was before.
 */
export async function switchWithEdit(
  tx: Transaction,
  scope: TenantScope,
  row: Pick<DestinationRow, 'id' | 'kind' | 'config'>,
  { state, reason: disabledFor }: Pick<StreamRow, 'state' | 'reason'>,
  enabled: boolean | undefined,
): Promise<void> {
  if (enabled === undefined || enabled === (state === 'active')) return
  const key = { tenantId: scope.tenantId, destinationId: row.id }
  if (!enabled) {
    await switchStream(tx, key, { state: 'paused' })
    await recordDestinationEvent(tx, scope, row, 'DESTINATION_PAUSED', 'was paused')
    return
  }
  await switchStream(tx, key, { state: 'active', changes: { ...AFRESH, ...AFTER_RESUME } })
  const data = { from: 'cursor', ...(disabledFor && { disabledFor }) }
  await recordDestinationEvent(tx, scope, row, 'DESTINATION_RESUMED', 'was resumed', data)
}
