import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { destinations } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { firstLimit } from '@/lib/delivery/batch-limit'
import {
  mergeSecrets,
  namesOfSecrets,
  openSecrets,
  type SealedSecrets,
  sealSecrets,
} from '@/lib/delivery/destination-secrets'
import type { Secrets, Settings } from '@/lib/delivery/destinations/contract'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { ROLE_WORDS } from '@/lib/delivery/destinations/roles'
import { maskingRulesSchema, toMaskingRules } from '@/lib/delivery/masking/masking-rule'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { revokeLease } from '@/lib/delivery/revoke-lease'
import { resetWindows } from '@/lib/delivery/rules/reset-windows'
import { dueAfterEdit } from '@/lib/delivery/schedule'
import { AppError } from '@/lib/errors/app-error'
import { canonicalJson } from '@/lib/integrity/jcs'
import { auditFacts } from './audit-facts'
import { changeFilter } from './change-filter'
import { withCompanions } from './companion-keys'
import { currentFilter } from './current-filter'
import { recordDestinationEvent } from './destination-event'
import { toTrailFilter } from './destination-filter'
import { findDestination } from './find-destination'
import { AFRESH, changeStream, lockStream, type StreamRow } from './find-stream'
import type { UpdateDestination } from './input'
import { newMaskingKey } from './insert-destination'
import { saveCompanion } from './save-companion'
import { streamSchedule } from './stream-schedule'
import { switchWithEdit } from './switch-with-edit'

/**
 * Changes a destination or channel and tries at once what waits. A secret that is left out stays. A new filter judges
 * the events that come after it; what happened before is forwarded by the old one. A threshold counts anew if it or
 * the filter was changed. One that is paused, or that Spoor disabled, stays so, with the reason, until it is resumed.
 * Throws `not_found`, `invalid` where the fields don't fit together, and `conflict` where somebody else was faster.
 */
export async function updateDestination(
  scope: TenantScope,
  input: UpdateDestination,
): Promise<{ id: string }> {
  requirePermission(scope, 'destinations:manage')
  const { id, note, kind, enabled, carriesMatches } = input
  const { role, configure, open } = destinationKind(kind)
  const masking = toMaskingRules(input.masking)
  const key = { tenantId: scope.tenantId, destinationId: id }
  await inTenant(scope, async (tx) => {
    const row = await findDestination(tx, scope, { id, role })
    if (row.kind !== kind)
      throw new AppError(
        'invalid',
        `This ${ROLE_WORDS[role].noun} is of the kind ${row.kind}, which cannot be changed. Add a new one.`,
      )
    requireUnchanged(row, input)
    const known = openKnownSecrets(key, row)
    const secretNames = namesOfSecrets(row)
    const before = { config: row.config as Settings, secretNames: Object.keys(known) }
    const { config, secrets } = configure(input.fields, before)
    const isSecretNew = Object.entries(secrets).some(
      ([name, value]) => value !== null || secretNames.includes(name),
    )
    // Destinations of the first version have no masking key yet.
    const sealed =
      isSecretNew || !known.maskingKey
        ? sealSecrets(key, mergeSecrets({ maskingKey: newMaskingKey(), ...known }, secrets))
        : { secretEnc: row.secretEnc, secretNames: row.secretNames }
    const destination = open(config)
    const old = await currentFilter(tx, key)
    const filter = toTrailFilter(input)
    await tx
      .update(destinations)
      .set({ note, config, masking, carriesMatches, ...sealed, updatedAt: sql`now()` })
      .where(and(eq(destinations.tenantId, key.tenantId), eq(destinations.id, id)))
    // An edit counts at once. Companions' rows are locked before the trail's head, which whoever tells of them takes last.
    const [stream] = await lockAll(tx, await withCompanions(tx, key))
    const schedule = streamSchedule(id, destination)
    await changeStream(tx, key, {
      ...schedule,
      ...AFRESH,
      dueAt: dueAfterEdit(key.tenantId, schedule),
      batchLimit: firstLimit(destination.maxEvents),
      capabilities: {},
    })
    const edited = { ...row, config }
    await recordDestinationEvent(tx, scope, edited, 'DESTINATION_UPDATED', 'was changed', {
      before: auditFacts({
        ...row,
        secretNames,
        masking: maskingRulesSchema.parse(row.masking),
        filter: old.filter,
      }),
      after: auditFacts({
        ...{ kind, config, note, masking, carriesMatches, filter },
        secretNames: namesOfSecrets(sealed),
      }),
      secretsChanged: Object.keys(isSecretNew ? secrets : {}),
    })
    await changeFilter(tx, key, old, filter)
    const counted = [open(row.config).rule ?? null, old.filter, known.maskingKey !== undefined]
    if (canonicalJson(counted) !== canonicalJson([destination.rule ?? null, filter, true]))
      await resetWindows(tx, key)
    await saveCompanion(tx, key, { kind, config, filter, masking, carriesMatches })
    if (stream) await switchWithEdit(tx, scope, edited, stream, enabled)
  })
  return { id }
}

/** Whoever is sending for one of the streams can settle nothing any more. */
async function lockAll(tx: Transaction, keys: readonly StreamKey[]): Promise<StreamRow[]> {
  const streams: StreamRow[] = []
  for (const key of keys) {
    streams.push(await lockStream(tx, key))
    await revokeLease(tx, key)
  }
  return streams
}

/** The row is locked, so of two who edit the same at a time the second one is told. */
function requireUnchanged({ updatedAt }: { updatedAt: Date }, { unchangedSince }: UpdateDestination): void {
  if (unchangedSince === undefined || updatedAt.getTime() === Date.parse(unchangedSince)) return
  throw new AppError(
    'conflict',
    'Somebody else has saved changes since you opened this. Open it anew, and make yours there.',
  )
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
