import { randomUUID } from 'node:crypto'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { toMaskingRules } from '@/lib/delivery/masking/masking-rule'
import { auditFacts } from './audit-facts'
import { checkRoom } from './check-room'
import { recordDestinationEvent } from './destination-event'
import { toTrailFilter } from './destination-filter'
import type { CreateDestination } from './input'
import { insertDestination, insertStream, trailEnd } from './insert-destination'
import { saveCompanion } from './save-companion'

/**
 * Adds a destination or a channel. It gets events from now on, or with `start: 'beginning'` the whole trail first;
 * with `enabled: false` once it is resumed. Throws `invalid` where the fields don't fit together, and `conflict` for
 * the 101st channel.
 */
export async function createDestination(
  scope: TenantScope,
  input: CreateDestination,
): Promise<{ id: string }> {
  requirePermission(scope, 'destinations:manage')
  const { kind, note, start, enabled = true, fields, carriesMatches } = input
  const { role, configure, open } = destinationKind(kind)
  const configured = configure(fields)
  const { config } = configured
  const filter = toTrailFilter(input)
  const masking = toMaskingRules(input.masking)
  const { tenantId } = scope
  const id = randomUUID()
  const key = { tenantId, destinationId: id }
  const beginning = role === 'channel' ? { enabled } : { start }
  await inTenant(scope, async (tx) => {
    const given = { kind, configured, note, masking, carriesMatches, filter }
    const { secretNames } = await insertDestination(tx, key, given)
    await recordDestinationEvent(tx, scope, { id, kind, config }, 'DESTINATION_ADDED', 'was added', {
      ...auditFacts({ kind, config, note, masking, carriesMatches, filter, secretNames }),
      ...beginning,
    })
    await checkRoom(tx, tenantId, role)
    // After our own event, so that "from now on" begins right behind it: the counter is ours until the commit.
    await insertStream(tx, key, open(config), {
      start: start === 'now' ? trailEnd(tenantId) : 0,
      state: enabled ? 'active' : 'paused',
    })
    await saveCompanion(tx, key, { kind, config, filter, masking, carriesMatches })
  })
  return { id }
}
