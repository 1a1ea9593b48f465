import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { resolveMoment } from '@/lib/trail/moments'
import { countEvents } from '@/lib/trail/overview'
import { type ChosenFilter, toTrailFilter } from './destination-filter'

/** A week has all its days, the quiet ones too. */
const DAYS = 7

/** Events of the last seven days that a filter lets through. `isCapped`: at least so many. */
export type Volume = { events: number; days: number; perDay: number; isCapped: boolean }

/** What a filter would have forwarded in the last seven days. Throws `invalid` where it is not understood. */
export async function estimateVolume(scope: TenantScope, chosen: ChosenFilter): Promise<Volume> {
  requirePermission(scope, 'destinations:read')
  const filter = toTrailFilter(chosen)
  const now = Date.now()
  const week = resolveMoment(`-${DAYS}d`, now)
  const from = filter.from && resolveMoment(filter.from, now) > week ? filter.from : week
  const { value, exact } = await countEvents(scope, { ...filter, from })
  return { events: value, days: DAYS, perDay: Math.round(value / DAYS), isCapped: !exact }
}
