import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { followLog, type Step } from '@/lib/integrity/verify/follow'
import type { Verifier } from '@/lib/integrity/verify/open-checkpoint'
import { Refusal, refuse } from '@/lib/integrity/verify/refusal'
import type { FetchResource } from '@/lib/integrity/verify/served-tile'

export type Watch = {
  fetchResource: FetchResource
  verifier: Verifier
  /** The last checkpoint that was found good; the next one must continue it, whenever that is. */
  stateFile: string
  /** Undefined: one step only. */
  everyMs?: number
  /** A log that grows no more may be one that is held back: older than this is a no. */
  maxAgeMs?: number
  onStep: (step: Step) => void
  onTrouble: (error: Error) => void
}

function keepNote(file: string, note: string): void {
  // Written whole or not at all: without it the watch would begin anew and believe anything.
  writeFileSync(`${file}.new`, note, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** Where a checkpoint stands that did not continue the kept one. */
const refusedFile = (stateFile: string) => `${stateFile}.refused`

async function stepOnce({ fetchResource, verifier, stateFile, maxAgeMs, onStep }: Watch): Promise<void> {
  const kept = existsSync(stateFile) ? readFileSync(stateFile, 'utf8') : undefined
  let served: Uint8Array | undefined
  const fetchAndNote: FetchResource = async (path) => {
    const data = await fetchResource(path)
    if (path === 'checkpoint') served = data
    return data
  }
  const step = await followLog(kept, fetchAndNote, verifier).catch((error) => {
    // Two checkpoints that the log signed and that contradict each other are the evidence.
    if (error instanceof Refusal && served) writeFileSync(refusedFile(stateFile), served, { mode: 0o600 })
    throw error
  })
  const { timeMs } = step.checkpoint
  if (maxAgeMs !== undefined && (timeMs === undefined || Date.now() - timeMs > maxAgeMs))
    refuse(
      'stale',
      `The last checkpoint is of ${timeMs === undefined ? 'unknown time' : new Date(timeMs).toISOString()}.`,
    )
  keepNote(stateFile, step.note)
  onStep(step)
}

/** Follows a log until it takes something back (a `Refusal`); trouble on the way to it is only waited out. */
export async function watchLog(watch: Watch): Promise<void> {
  for (;;) {
    try {
      await stepOnce(watch)
    } catch (error) {
      if (error instanceof Refusal || watch.everyMs === undefined) throw error
      watch.onTrouble(error as Error)
    }
    if (watch.everyMs === undefined) return
    await sleep(watch.everyMs)
  }
}
