import { randomUUID } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { siloFiles } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import type { SiloRow } from '@/lib/collection/silos/find-silo'

const f = siloFiles

/** A file that was found elsewhere and could not be kept: it has no content, so no hash. */
const isFailure = ({ tenantId, id }: SiloRow, name: string) =>
  and(eq(f.tenantId, tenantId), eq(f.siloId, id), eq(f.name, name), eq(f.state, 'failed'), isNull(f.sha256))

type Failure = { name: string; receivedBy: string; error: string }

/** Shows a file that was found elsewhere and could not be fetched, with the reason; once, however often it is tried. */
export async function noteFailure(
  scope: TenantScope,
  silo: SiloRow,
  { name, receivedBy, error }: Failure,
): Promise<void> {
  await inTenant(scope, async (tx) => {
    const now = sql`now()`
    const noted = await tx
      .update(f)
      .set({ error, receivedAt: now })
      .where(isFailure(silo, name))
      .returning({ id: f.id })
    if (noted.length > 0) return
    await tx.insert(f).values({
      ...{ tenantId: silo.tenantId, id: randomUUID(), siloId: silo.id },
      ...{ name, receivedBy, error, state: 'failed', forgottenAt: now },
    })
  })
}

/** It was fetched after all. */
export async function clearFailure(scope: TenantScope, silo: SiloRow, name: string): Promise<void> {
  await inTenant(scope, (tx) => tx.delete(f).where(isFailure(silo, name)))
}
