import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '@/lib/errors/app-error'
import { requireSealed } from '@/lib/trail/sealing-lag'
import { checkWork, type RunWork } from './run-work'

/** As often as the trail's seal is looked at. */
const LOOK_MS = 250

/** Waits while the trail is too far ahead of its seal. A run has time: it fails for nothing that passes. */
export async function waitForSeal(work: Pick<RunWork, 'scope' | 'signal'>): Promise<void> {
  for (;;) {
    try {
      requireSealed(work.scope.tenantId)
      return
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'unavailable')) throw error
    }
    await sleep(LOOK_MS)
    checkWork(work)
  }
}
