import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { deliveryStreams, destinationFilters, destinations } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { MAX_BATCH_EVENTS } from '@/lib/delivery/batch-limit'
import { sealDestinationSecret } from '@/lib/delivery/destination-secret'
import { configureHttp } from '@/lib/delivery/destinations/http/config'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { auditFacts } from './audit-facts'
import { type CreateDestination, toTrailFilter } from './input'

/**
 * Adds a forwarding destination, switched on. It forwards events from now on, or with `start: 'beginning'` the
 * whole trail first. Throws `invalid` where the fields don't fit together.
 */
export async function createDestination(
  scope: TenantScope,
  input: CreateDestination,
): Promise<{ id: string }> {
  requirePermission(scope, 'destinations:manage')
  const { config, secret } = configureHttp(input)
  const filter = toTrailFilter(input)
  const { kind, note, start } = input
  const { tenantId } = scope
  const id = randomUUID()
  const key = { tenantId, destinationId: id }
  const name = destinationKind(kind).open(config).describe()
  await inTenant(scope, async (tx) => {
    const secretEnc = secret ? sealDestinationSecret(key, secret) : null
    await tx.insert(destinations).values({ tenantId, id, kind, note, config, secretEnc })
    await tx.insert(destinationFilters).values({ ...key, version: 1, fromSeq: 0, filter })
    await recordEvent(tx, scope, 'DESTINATION_ADDED', {
      message: `Destination ${name} was added`,
      targets: [{ type: 'destination', name, id }],
      data: { ...auditFacts(config, filter, { note, hasApiKey: secretEnc !== null }), start },
    })
    // After our own event, so that "from now on" begins right behind it: the counter is ours until the commit.
    const nextSeq =
      start === 'now' ? sql`(select next_seq from trail_heads where tenant_id = ${tenantId})` : 0
    await tx.insert(deliveryStreams).values({ ...key, nextSeq, batchLimit: MAX_BATCH_EVENTS })
  })
  return { id }
}
