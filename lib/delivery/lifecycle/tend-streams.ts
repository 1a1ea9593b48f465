import { type TroubleCounts, tellTroubles } from './tell-troubles'
import { type VisitCounts, visitDestinations } from './visit-destinations'

export type TendCounts = TroubleCounts & VisitCounts

/**
 * What a stream needs besides being served: warnings about its failures, being switched off at last, and the end of
 * old history. Until nothing is left, the budget is used up or the signal aborts. Any number of runs may overlap.
 */
export async function tendStreams(options: { budgetMs: number; signal?: AbortSignal }): Promise<TendCounts> {
  const deadline = performance.now() + options.budgetMs
  const isOver = () => options.signal?.aborted === true || performance.now() > deadline
  const told = await tellTroubles(isOver)
  return { ...told, ...(await visitDestinations(isOver)) }
}
