import type { WorkspaceClock } from '@/components/channels/zone-note'
import { timeIn } from '@/components/workspaces/time-in'
import type { TenantScope } from '@/lib/access/scope'
import { readTimeZone } from '@/lib/workspaces/read-time-zone'

/** The clock that daily and weekly messages go by. */
export async function workspaceClock(scope: TenantScope): Promise<WorkspaceClock> {
  const timeZone = await readTimeZone(scope)
  return {
    timeZone,
    now: timeIn(timeZone, new Date()),
    settingsHref: `/${scope.tenantSlug}/settings/workspace`,
  }
}
