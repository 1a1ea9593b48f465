import { randomUUID } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { destinations } from '@/db/schema/delivery'
import { namesOfSecrets } from '@/lib/delivery/destination-secrets'
import type { Companion, Settings } from '@/lib/delivery/destinations/contract'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import type { MaskingRule } from '@/lib/delivery/masking/masking-rule'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { dueAfterEdit } from '@/lib/delivery/schedule'
import { AppError } from '@/lib/errors/app-error'
import type { TrailFilter } from '@/lib/trail/filter'
import { changeFilter } from './change-filter'
import { currentFilter } from './current-filter'
import type { DestinationRow } from './find-destination'
import { AFRESH, changeStream } from './find-stream'
import { insertDestination, insertStream, trailEnd } from './insert-destination'
import { streamSchedule } from './stream-schedule'

/** The destination that a companion goes along with, as it was just saved. */
export type CompanionOwner = {
  kind: string
  config: Settings
  filter: TrailFilter
  masking: readonly MaskingRule[]
  carriesMatches: boolean
}

/** What its owner gets, of the companion's log types alone. Throws `invalid` where that is nothing. */
export function companionFilter({ type, ...rest }: TrailFilter, types: readonly string[]): TrailFilter {
  const isChosen = (name: string) =>
    (!type?.include.length || type.include.includes(name)) && !type?.exclude.includes(name)
  const include = types.filter(isChosen)
  if (include.length > 0) return { ...rest, type: { include, exclude: [] } }
  throw new AppError(
    'invalid',
    `None of the log types that shall be told of (${types.join(', ')}) is forwarded here.`,
    { violations: [{ pointer: '/types', code: 'invalid', detail: 'Add the log types that are told of.' }] },
  )
}

/**
 * Makes, changes or removes what goes along with a destination, which begins with what comes now. Call it after our
 * own event, whose commit holds the counter.
 */
export async function saveCompanion(tx: Transaction, key: StreamKey, owner: CompanionOwner): Promise<void> {
  const wanted = destinationKind(owner.kind).companion?.(owner.config)
  const present = await findCompanion(tx, key)
  const fits = present && present.kind === wanted?.kind
  if (present && !fits) await removeRow(tx, present)
  if (!wanted) return
  if (fits) await updateCompanion(tx, present, wanted, owner)
  else await insertCompanion(tx, key, wanted, owner)
}

async function findCompanion(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
): Promise<DestinationRow | undefined> {
  const [row] = await tx
    .select()
    .from(destinations)
    .where(
      and(
        eq(destinations.tenantId, tenantId),
        eq(destinations.companionOf, destinationId),
        isNull(destinations.removedAt),
      ),
    )
  return row
}

async function insertCompanion(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
  { kind, fields, types }: Companion,
  { filter, masking, carriesMatches }: CompanionOwner,
): Promise<void> {
  const key = { tenantId, destinationId: randomUUID() }
  const configured = destinationKind(kind).configure(fields)
  await insertDestination(tx, key, {
    kind,
    configured,
    note: '',
    masking,
    carriesMatches,
    filter: companionFilter(filter, types),
    companionOf: destinationId,
  })
  const start = trailEnd(tenantId)
  await insertStream(tx, key, destinationKind(kind).open(configured.config), { start })
}

async function updateCompanion(
  tx: Transaction,
  row: DestinationRow,
  { kind, fields, types }: Companion,
  { filter, masking, carriesMatches }: CompanionOwner,
): Promise<void> {
  const { tenantId, id } = row
  const key = { tenantId, destinationId: id }
  const before = { config: row.config as Settings, secretNames: namesOfSecrets(row) }
  const { config } = destinationKind(kind).configure(fields, before)
  await tx
    .update(destinations)
    .set({ config, masking, carriesMatches, updatedAt: sql`now()` })
    .where(and(eq(destinations.tenantId, tenantId), eq(destinations.id, id)))
  const schedule = streamSchedule(id, destinationKind(kind).open(config))
  await changeStream(tx, key, { ...AFRESH, ...schedule, dueAt: dueAfterEdit(tenantId, schedule) })
  await changeFilter(tx, key, await currentFilter(tx, key), companionFilter(filter, types))
}

async function removeRow(tx: Transaction, { tenantId, id }: DestinationRow): Promise<void> {
  await tx
    .update(destinations)
    .set({ removedAt: sql`now()` })
    .where(and(eq(destinations.tenantId, tenantId), eq(destinations.id, id)))
  await changeStream(tx, { tenantId, destinationId: id }, { state: 'removed' })
}
