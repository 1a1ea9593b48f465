import { and, eq, sql } from 'drizzle-orm'
import { destinations } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import {
  mergeSecrets,
  namesOfSecrets,
  openSecrets,
  type SealedSecrets,
  sealSecrets,
} from '@/lib/delivery/destination-secrets'
import type { Secrets, Settings } from '@/lib/delivery/destinations/contract'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { maskingRulesSchema, toMaskingRules } from '@/lib/delivery/masking/masking-rule'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { revokeLease } from '@/lib/delivery/revoke-lease'
import { AppError } from '@/lib/errors/app-error'
import { auditFacts } from './audit-facts'
import { changeFilter } from './change-filter'
import { withCompanions } from './companion-keys'
import { currentFilter } from './current-filter'
import { toTrailFilter } from './destination-filter'
import { findDestination } from './find-destination'
import { AFRESH, changeStream, lockStream } from './find-stream'
import type { UpdateDestination } from './input'
import { newMaskingKey } from './insert-destination'
import { saveCompanion } from './save-companion'
import { streamSchedule } from './stream-schedule'

/**
 * Changes a destination and tries at once what waits. A secret that is left out stays. A new filter judges the
 * events that come after it; what happened before is forwarded by the old one. One that is paused, or that Spoor
 * disabled, stays so, with the reason, until it is resumed.
 * Throws `not_found`, and `invalid` where the fields don't fit together.
 */
export async function updateDestination(
  scope: TenantScope,
  input: UpdateDestination,
): Promise<{ id: string }> {
  requirePermission(scope, 'destinations:manage')
  const { id, note, kind } = input
  const masking = toMaskingRules(input.masking)
  const key = { tenantId: scope.tenantId, destinationId: id }
  await inTenant(scope, async (tx) => {
    const row = await findDestination(tx, scope, id)
    if (row.kind !== kind)
      throw new AppError(
        'invalid',
        `This destination is of the kind ${row.kind}, which cannot be changed. Add a new one.`,
      )
    const known = openKnownSecrets(key, row)
    const secretNames = namesOfSecrets(row)
    const before = { config: row.config as Settings, secretNames: Object.keys(known) }
    const { config, secrets } = destinationKind(kind).configure(input.fields, before)
    const isSecretNew = Object.entries(secrets).some(
      ([name, value]) => value !== null || secretNames.includes(name),
    )
    // Destinations of the first version have no masking key yet.
    const sealed =
      isSecretNew || !known.maskingKey
        ? sealSecrets(key, mergeSecrets({ maskingKey: newMaskingKey(), ...known }, secrets))
        : { secretEnc: row.secretEnc, secretNames: row.secretNames }
    const destination = destinationKind(kind).open(config)
    const old = await currentFilter(tx, key)
    const filter = toTrailFilter(input)
    await tx
      .update(destinations)
      .set({ note, config, masking, ...sealed, updatedAt: sql`now()` })
      .where(and(eq(destinations.tenantId, key.tenantId), eq(destinations.id, id)))
    // An edit counts at once. Companions' rows are locked before the trail's head, which whoever tells of them takes last.
    for (const each of await withCompanions(tx, key)) {
      await lockStream(tx, each)
      await revokeLease(tx, each)
    }
    await changeStream(tx, key, {
      ...streamSchedule(id, destination),
      ...AFRESH,
      batchLimit: destination.maxEvents,
      capabilities: {},
    })
    const name = destination.describe()
    await recordEvent(tx, scope, 'DESTINATION_UPDATED', {
      message: `Destination ${name} was changed`,
      targets: [{ type: 'destination', name, id }],
      data: {
        before: auditFacts({
          ...row,
          secretNames,
          masking: maskingRulesSchema.parse(row.masking),
          filter: old.filter,
        }),
        after: auditFacts({ kind, config, note, masking, filter, secretNames: namesOfSecrets(sealed) }),
        secretsChanged: Object.keys(isSecretNew ? secrets : {}),
      },
    })
    await changeFilter(tx, key, old, filter)
    await saveCompanion(tx, key, { kind, config, filter, masking })
  })
  return { id }
}

/** Secrets that can't be read any more, after the instance's key was lost, are as good as none: new ones replace them. */
function openKnownSecrets(key: StreamKey, row: SealedSecrets): Secrets {
  try {
    return openSecrets(key, row)
  } catch (error) {
    if (error instanceof AppError) return {}
    throw error
  }
}
