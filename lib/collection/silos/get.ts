import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { noSuchSilo, readSilo } from './find-silo'
import type { SiloName } from './input'
import { readSilos } from './read-silos'
import type { SiloView } from './silo-view'

/** One silo. Throws `not_found`. */
export async function getSilo(scope: TenantScope, { silo }: SiloName): Promise<SiloView> {
  requirePermission(scope, 'collection:read')
  return inTenant(scope, async (tx) => {
    const { id } = await readSilo(tx, scope, silo)
    const [view] = await readSilos(tx, scope, { id })
    if (!view) throw noSuchSilo()
    return view
  })
}
