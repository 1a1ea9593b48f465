import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryStreams, destinationFilters, destinations } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { MAX_BATCH_EVENTS } from '@/lib/delivery/batch-limit'
import { sealDestinationSecret } from '@/lib/delivery/destination-secret'
import { configureHttp, httpConfigSchema } from '@/lib/delivery/destinations/http/config'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { canonicalJson } from '@/lib/integrity/jcs'
import type { TrailFilter } from '@/lib/trail/filter'
import { auditFacts } from './audit-facts'
import { currentFilter } from './current-filter'
import { findDestination } from './find-destination'
import { toTrailFilter, type UpdateDestination } from './input'

/**
 * Changes a destination and tries at once what waits. An API key that is left out stays, an empty header name
 * forgets it. A new filter judges the events that come after it; what happened before is forwarded by the old one.
 * Throws `not_found`, and `invalid` where the fields don't fit together.
 */
export async function updateDestination(
  scope: TenantScope,
  input: UpdateDestination,
): Promise<{ id: string }> {
  requirePermission(scope, 'destinations:manage')
  const { id, note } = input
  const key = { tenantId: scope.tenantId, destinationId: id }
  await inTenant(scope, async (tx) => {
    const row = await findDestination(tx, scope, id)
    const before = { config: httpConfigSchema.parse(row.config), hasSecret: row.secretEnc !== null }
    const { config, secret } = configureHttp(input, before)
    const secretEnc =
      secret === undefined ? row.secretEnc : secret ? sealDestinationSecret(key, secret) : null
    const old = await currentFilter(tx, key)
    const filter = toTrailFilter(input)
    await tx
      .update(destinations)
      .set({ note, config, secretEnc, updatedAt: sql`now()` })
      .where(and(eq(destinations.tenantId, key.tenantId), eq(destinations.id, id)))
    await tryAtOnce(tx, key)
    const name = destinationKind(row.kind).open(config).describe()
    await recordEvent(tx, scope, 'DESTINATION_UPDATED', {
      message: `Destination ${name} was changed`,
      targets: [{ type: 'destination', name, id }],
      data: {
        before: auditFacts(before.config, old.filter, { note: row.note, hasApiKey: before.hasSecret }),
        after: auditFacts(config, filter, { note, hasApiKey: secretEnc !== null }),
        apiKeyChanged: secretEnc !== row.secretEnc,
      },
    })
    if (canonicalJson(filter) !== canonicalJson(old.filter)) await addFilter(tx, key, old.version + 1, filter)
  })
  return { id }
}

/** Whatever made the last tries fail may be mended now. */
async function tryAtOnce(tx: Transaction, { tenantId, destinationId }: StreamKey): Promise<void> {
  await tx
    .update(deliveryStreams)
    .set({ dueAt: sql`now()`, consecutiveFailures: 0, deadRun: 0, batchLimit: MAX_BATCH_EVENTS })
    .where(and(eq(deliveryStreams.tenantId, tenantId), eq(deliveryStreams.destinationId, destinationId)))
}

/** After our own event, whose commit holds the counter: the version begins right behind it. */
async function addFilter(
  tx: Transaction,
  key: StreamKey,
  version: number,
  filter: TrailFilter,
): Promise<void> {
  const fromSeq = sql`(select next_seq from trail_heads where tenant_id = ${key.tenantId})`
  await tx.insert(destinationFilters).values({ ...key, version, fromSeq, filter })
}
