import { sql } from 'drizzle-orm'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'

/**
 * Whose bell it is. Bells tell of events, so whoever may not read these has none; nor has a token or a program.
 * Throws `forbidden`.
 */
export function requireReader(scope: TenantScope): { tenantId: string; userId: string } {
  requirePermission(scope, 'events:read')
  const { kind, id } = scope.principal
  if (kind !== 'user') throw new AppError('forbidden', 'Only members of a workspace have a bell.')
  return { tenantId: scope.tenantId, userId: id }
}

/**
 * The reader as a row `me`: their role, and up to which number they have read. What was rung before they joined is
 * no news to them.
 */
export const readerRow = ({ tenantId, userId }: { tenantId: string; userId: string }) => sql`
  (select m.role, m.created_at as joined_at, coalesce(r.read_number, 0) as read_number
  from members m left join notification_readers r on r.tenant_id = m.tenant_id and r.user_id = m.user_id
  where m.tenant_id = ${tenantId}::uuid and m.user_id = ${userId}::uuid) me`
