import { setTimeout as sleep } from 'node:timers/promises'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { collectRun } from './collect-run'
import { getRun } from './get'
import type { RunId } from './input'
import type { RunView } from './run-view'

/** Between two looks at a run. */
const LOOK_MS = 1_000

const isOpen = ({ state }: RunView) => state === 'queued' || state === 'running'

/**
 * Works on a run in this process, or follows it where another one has it, until it has ended or the signal aborts: then
 * it is given back behind its running chunk. `onProgress` is told about every second. Throws `not_found`.
 */
export async function collectNow(
  scope: TenantScope,
  { id }: RunId,
  onProgress: (run: RunView) => void,
  signal?: AbortSignal,
): Promise<RunView> {
  requirePermission(scope, 'collection:write')
  for (;;) {
    const timer = setInterval(() => void getRun(scope, { id }).then(onProgress, () => {}), LOOK_MS)
    try {
      await collectRun(scope, id, { signal })
    } finally {
      clearInterval(timer)
    }
    const run = await getRun(scope, { id })
    onProgress(run)
    if (!isOpen(run) || signal?.aborted) return run
    await sleep(LOOK_MS, undefined, signal && { signal }).catch(() => {})
  }
}
