import { notFound } from 'next/navigation'
import type { TenantScope } from '@/lib/access/scope'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import { AppError } from '@/lib/errors/app-error'
import { type DestinationDetail, getDestination } from '@/lib/forwarding/get'

/** The destination, or channel, or the page that says that there is none. */
export async function findDestination(
  scope: TenantScope,
  id: string,
  role: DestinationRole,
): Promise<DestinationDetail> {
  try {
    return await getDestination(scope, id, role)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
}
