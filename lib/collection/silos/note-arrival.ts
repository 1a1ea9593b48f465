import { and, desc, eq, ne } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { siloFiles, silos } from '@/db/schema/silos'
import type { SiloRow } from './find-silo'
import { ARRIVALS_LOOKED_AT, nextQuietAt } from './next-quiet-at'

/** Says anew when the silo's next file is overdue. Call it in the transaction in which a file arrives. */
export async function noteArrival(tx: Transaction, { tenantId, id }: SiloRow): Promise<void> {
  const f = siloFiles
  const arrivals = await tx
    .select({ at: f.receivedAt })
    .from(f)
    .where(and(eq(f.tenantId, tenantId), eq(f.siloId, id), ne(f.state, 'receiving')))
    .orderBy(desc(f.receivedAt), desc(f.id))
    .limit(ARRIVALS_LOOKED_AT)
  const quietAt = nextQuietAt(arrivals.map(({ at }) => at))
  await tx
    .update(silos)
    .set({ quietAt, quietToldAt: null })
    .where(and(eq(silos.tenantId, tenantId), eq(silos.id, id)))
}
