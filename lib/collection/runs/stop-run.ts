/**
 * Why a run is left: `lost`, another process has it or it ended; `cancelled`, somebody asked for it; `over`, this
 * process has to stop, and the next one goes on.
 */
export type StopReason = 'lost' | 'cancelled' | 'over'

/** Thrown to leave a run between two commits. Nothing is wrong with it. */
export class StopRun extends Error {
  constructor(readonly reason: StopReason) {
    super(`the run is left: ${reason}`)
  }
}
