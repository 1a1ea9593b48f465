import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { siloFiles, siloFound, silos } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { configureOrigin } from '@/lib/collection/origins/configure-origin'
import type { Origin } from '@/lib/collection/origins/origin'
import { AppError } from '@/lib/errors/app-error'
import { canonicalJson } from '@/lib/integrity/jcs'
import { lockSilo, noSuchSilo, type SiloRow } from './find-silo'
import type { UpdateSilo } from './input'
import { readSilos } from './read-silos'
import { requireLine } from './require-line'
import { siloFacts } from './silo-facts'
import { sealSecret } from './silo-secret'
import type { SiloView } from './silo-view'

/**
 * Changes all of a silo but its name. A secret that is left out stays. What a run has begun it ends as it began; files
 * of which nothing is collected yet are read as the silo says from now on. Throws `not_found`, `invalid` where the
 * fields don't fit together, and `conflict` where somebody else was faster.
 */
export async function updateSilo(
  scope: TenantScope,
  { silo, unchangedSince, ...input }: UpdateSilo,
): Promise<SiloView> {
  requirePermission(scope, 'collection:manage')
  const { tenantId } = scope
  return inTenant(scope, async (tx) => {
    const row = await lockSilo(tx, scope, silo)
    if (unchangedSince !== undefined && row.updatedAt.getTime() !== Date.parse(unchangedSince))
      throw new AppError(
        'conflict',
        'Somebody else has saved changes since you opened this. Open it anew, and make yours there.',
      )
    if (input.lineId !== row.lineId) await requireLine(tx, tenantId, input.lineId)
    const before = { origin: row.origin as Origin, hasSecret: row.secretEnc !== null }
    const { origin, secret } = configureOrigin(scope, input.origin, before)
    const edited = { ...input, origin }
    await tx
      .update(silos)
      .set({
        ...edited,
        ...(secret !== undefined && { secretEnc: secret === null ? null : sealSecret(row, secret) }),
        updatedAt: sql`greatest(now(), updated_at + interval '1 millisecond')`,
      })
      .where(and(eq(silos.tenantId, tenantId), eq(silos.id, row.id)))
    if (!isSame(origin, row.origin)) await forgetFound(tx, row)
    if (!isSame(input.reading, row.reading)) await forgetReadings(tx, row)
    await recordEvent(tx, scope, 'SILO_UPDATED', {
      message: `Silo ${silo} was changed`,
      targets: [{ type: 'silo', name: silo, id: row.id }],
      data: {
        before: siloFacts(row),
        after: siloFacts(edited),
        ...(secret && { secretsChanged: ['secretAccessKey'] }),
      },
    })
    const [view] = await readSilos(tx, scope, { id: row.id })
    if (!view) throw noSuchSilo()
    return view
  })
}

const isSame = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b)

/** What was found elsewhere says nothing about the new origin. Files that came over already are recognised by their content. */
async function forgetFound(tx: Transaction, { tenantId, id }: SiloRow): Promise<void> {
  await tx.delete(siloFound).where(and(eq(siloFound.tenantId, tenantId), eq(siloFound.siloId, id)))
}

/** Nobody has read on from there, so it is found out again, by what the silo says now. */
async function forgetReadings(tx: Transaction, { tenantId, id }: SiloRow): Promise<void> {
  const f = siloFiles
  await tx
    .update(f)
    .set({ reading: null, header: null })
    .where(
      and(
        eq(f.tenantId, tenantId),
        eq(f.siloId, id),
        sql`${f.state} in ('new', 'failed') and ${f.readBytes} = 0`,
      ),
    )
}
