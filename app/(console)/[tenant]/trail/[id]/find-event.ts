import { notFound, redirect } from 'next/navigation'
import { logOf } from '@/app/(console)/[tenant]/integrity/log-of'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import type { StoredEvent } from '@/lib/event/stored-event'
import { getEvent } from '@/lib/trail/get'
import { getEventBySeq } from '@/lib/trail/get-by-seq'

/**
 * The event that the address names, by its id or by its seq; else the page for what is not there. Of one that was
 * sealed, and dropped since, the integrity page tells why.
 */
export async function findEvent(scope: TenantScope, id: string): Promise<StoredEvent> {
  const seq = /^\d{1,16}$/.test(id) ? Number(id) : undefined
  try {
    return await (seq === undefined ? getEvent(scope, id) : getEventBySeq(scope, seq))
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'not_found')) throw error
  }
  const sealed = seq === undefined ? 0 : ((await logOf(scope))?.size ?? 0)
  if (seq !== undefined && seq < sealed) redirect(`/${scope.tenantSlug}/integrity?event=${seq}`)
  notFound()
}
