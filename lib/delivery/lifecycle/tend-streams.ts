import { pruneNotifications } from '@/lib/notifications/prune-notifications'
import { mailWarnings } from '@/lib/warnings/mail-warnings'
import { tellUnsealed } from '@/lib/warnings/tell-unsealed'
import { rollSchedules } from './roll-schedules'
import { type TroubleCounts, tellTroubles } from './tell-troubles'
import { type VisitCounts, visitDestinations } from './visit-destinations'

/**
 * `rolled` counts channels whose time came with nothing to tell, `unsealed` workspaces that were told that their trail
 * is not sealed, `mailed` letters of warnings.
 */
export type TendCounts = TroubleCounts & VisitCounts & { rolled: number; unsealed: number; mailed: number }

/**
 * What streams need besides being served: warnings about their failures and about what keeps all of them back, being
 * switched off at last, and the end of old history. Until nothing is left, the budget is used up or the signal aborts.
 * Any number of runs may overlap.
 */
export async function tendStreams(options: { budgetMs: number; signal?: AbortSignal }): Promise<TendCounts> {
  const deadline = performance.now() + options.budgetMs
  const isOver = () => options.signal?.aborted === true || performance.now() > deadline
  const rolled = await rollSchedules(isOver)
  const told = await tellTroubles(isOver)
  const unsealed = await tellUnsealed(isOver)
  const mailed = await mailWarnings(isOver)
  const visited = await visitDestinations(isOver)
  const pruned = visited.pruned + (await pruneNotifications(isOver))
  return { ...told, ...visited, pruned, rolled, unsealed, mailed }
}
