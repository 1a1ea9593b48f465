import type { TenantScope } from '@/lib/access/scope'
import type { DestinationView } from '@/lib/forwarding/destination-view'
import { listDestinations } from '@/lib/forwarding/list'

/** The workspace's channels with their statistics, oldest first, without secrets. */
export const listChannels = (scope: TenantScope): Promise<DestinationView[]> =>
  listDestinations(scope, 'channel')
