import type { TenantScope } from '@/lib/access/scope'
import { listRemovedDestinations, type RemovedDestination } from '@/lib/forwarding/list-removed'

/** The channels that were removed within the last 30 days, latest first. */
export const listRemovedChannels = (scope: TenantScope): Promise<RemovedDestination[]> =>
  listRemovedDestinations(scope, 'channel')
