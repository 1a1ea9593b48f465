import { randomUUID } from 'node:crypto'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { toMaskingRules } from '@/lib/delivery/masking/masking-rule'
import { auditFacts } from './audit-facts'
import { toTrailFilter } from './destination-filter'
import type { CreateDestination } from './input'
import { insertDestination, insertStream, trailEnd } from './insert-destination'
import { saveCompanion } from './save-companion'

/**
 * Adds a forwarding destination, switched on. It forwards events from now on, or with `start: 'beginning'` the
 * whole trail first. Throws `invalid` where the fields don't fit together.
 */
export async function createDestination(
  scope: TenantScope,
  input: CreateDestination,
): Promise<{ id: string }> {
  requirePermission(scope, 'destinations:manage')
  const { kind, note, start, fields } = input
  const configured = destinationKind(kind).configure(fields)
  const { config } = configured
  const filter = toTrailFilter(input)
  const masking = toMaskingRules(input.masking)
  const { tenantId } = scope
  const id = randomUUID()
  const key = { tenantId, destinationId: id }
  const destination = destinationKind(kind).open(config)
  const name = destination.describe()
  await inTenant(scope, async (tx) => {
    const given = { kind, configured, note, masking, filter }
    const { secretNames } = await insertDestination(tx, key, given)
    await recordEvent(tx, scope, 'DESTINATION_ADDED', {
      message: `Destination ${name} was added`,
      targets: [{ type: 'destination', name, id }],
      data: { ...auditFacts({ kind, config, note, masking, filter, secretNames }), start },
    })
    // After our own event, so that "from now on" begins right behind it: the counter is ours until the commit.
    await insertStream(tx, key, destination, start === 'now' ? trailEnd(tenantId) : 0)
    await saveCompanion(tx, key, { kind, config, filter, masking })
  })
  return { id }
}
