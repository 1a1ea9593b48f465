import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { tenants } from '@/db/schema/tenants'
import { AppError } from '@/lib/errors/app-error'
import { grantScope } from './grant-scope'
import { PERMISSIONS, type Principal, type Surface, type TenantScope } from './scope'

export type SystemSurface = Extract<Surface, 'CLI' | 'WORKER' | 'SCHEDULER'>

/** Who acts where no person signed in; the surface names the program. */
export const SYSTEM_PRINCIPALS: Record<SystemSurface, Principal> = {
  CLI: { kind: 'system', id: 'operator', login: 'operator' },
  WORKER: { kind: 'system', id: 'worker', login: 'worker' },
  SCHEDULER: { kind: 'system', id: 'scheduler', login: 'scheduler' },
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The scope of a program of this instance (command line, worker, scheduler) in a workspace, by its name or id:
 * every permission. Throws `not_found`.
 */
export async function scopeForSystem(slugOrTenantId: string, surface: SystemSurface): Promise<TenantScope> {
  const column = UUID.test(slugOrTenantId) ? tenants.id : tenants.slug
  const [found] = await database('auth')
    .select({ id: tenants.id, slug: tenants.slug, name: tenants.name })
    .from(tenants)
    .where(eq(column, slugOrTenantId))
  if (!found) throw new AppError('not_found', `There is no workspace ${slugOrTenantId}.`)
  return grantScope({
    tenantId: found.id,
    tenantSlug: found.slug,
    tenantName: found.name,
    principal: SYSTEM_PRINCIPALS[surface],
    permissions: PERMISSIONS,
    surface,
  })
}
