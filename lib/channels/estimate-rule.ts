import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { Rule } from '@/lib/delivery/rules/rule'
import { type ChosenFilter, toTrailFilter } from '@/lib/forwarding/destination-filter'
import { countAlarms } from './count-alarms'
import { readRecent } from './read-recent'

/** A week has all its days, the quiet ones too. */
const DAYS = 7
const DAY_MS = 24 * 3_600 * 1_000

/**
 * How often a rule would have fired in the last `days`. `isCapped`: at least so often, because there was more to read
 * than one answer reads; then `days` are those that were looked at. `latest` are alarms as they would have been, with
 * the event that would have made the number full; `group` is null where a rule makes no groups.
 */
export type RuleEstimate = {
  fired: number
  days: number
  isCapped: boolean
  latest: { at: string; seq: number; group: string | null }[]
}

export type RuleTrial = ChosenFilter & { rule: Rule }

/** Tries a rule on what a filter let through lately. Throws `invalid` where the filter is not understood. */
export async function estimateRule(scope: TenantScope, trial: RuleTrial): Promise<RuleEstimate> {
  requirePermission(scope, 'destinations:read')
  requirePermission(scope, 'events:read')
  const { rule } = trial
  const filter = toTrailFilter(trial)
  const nowMs = Date.now()
  const sinceMs = nowMs - DAYS * DAY_MS
  const { events, fromMs } = await inTenantSnapshot(scope, (tx) =>
    readRecent(tx, scope.tenantId, { filter, per: rule.per, sinceMs, nowMs }),
  )
  const { fired, latest } = await countAlarms(rule, events)
  const isCapped = fromMs > sinceMs
  return {
    fired,
    days: isCapped ? Math.max(0.1, Math.floor(((nowMs - fromMs) / DAY_MS) * 10) / 10) : DAYS,
    isCapped,
    latest: latest.map(({ atMs, seq, groupHash }) => ({
      at: new Date(atMs).toISOString(),
      seq,
      group: rule.per === 'all' ? null : groupHash,
    })),
  }
}
