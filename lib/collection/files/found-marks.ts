import { and, eq, inArray, sql } from 'drizzle-orm'
import { siloFound } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import type { FoundFile } from '@/lib/collection/origins/found-file'

const w = siloFound

/** Of the files found elsewhere those that are new, or other ones than before. */
export async function unknownOnes(
  scope: TenantScope,
  siloId: string,
  found: readonly FoundFile[],
): Promise<FoundFile[]> {
  if (found.length === 0) return []
  const places = found.map(({ place }) => place)
  const known = await inTenant(scope, (tx) =>
    tx
      .select({ place: w.place, mark: w.mark })
      .from(w)
      .where(and(eq(w.tenantId, scope.tenantId), eq(w.siloId, siloId), inArray(w.place, places))),
  )
  const marks = new Map(known.map(({ place, mark }) => [place, mark]))
  return found.filter(({ place, mark }) => marks.get(place) !== mark)
}

/** Remembers a file as it was found, so that it is not fetched again. */
export async function rememberFound(
  scope: TenantScope,
  siloId: string,
  { place, mark }: FoundFile,
): Promise<void> {
  await inTenant(scope, (tx) =>
    tx
      .insert(w)
      .values({ tenantId: scope.tenantId, siloId, place, mark })
      .onConflictDoUpdate({
        target: [w.tenantId, w.siloId, w.place],
        set: { mark, foundAt: sql`now()` },
      }),
  )
}
