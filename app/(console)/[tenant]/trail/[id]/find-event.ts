import { notFound } from 'next/navigation'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import type { StoredEvent } from '@/lib/event/stored-event'
import { getEvent } from '@/lib/trail/get'
import { getEventBySeq } from '@/lib/trail/get-by-seq'

/** The event that the address names, by its id or by its seq; else the page for what is not there. */
export async function findEvent(scope: TenantScope, id: string): Promise<StoredEvent> {
  try {
    return await (/^\d{1,16}$/.test(id) ? getEventBySeq(scope, Number(id)) : getEvent(scope, id))
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
}
