import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { reportWarning } from '@/lib/errors/report-warning'
import { rootDir } from './build'

const RESTART_MS = 1_000
const MAX_RESTART_MS = 60_000
/** One that lived so long did not end because of how it was started. */
const STEADY_MS = 60_000

/** Keeps a sealer running beside this process until it is stopped. */
export function startSealerProcess(): { stop(): Promise<void> } {
  let child: ChildProcess
  let timer: NodeJS.Timeout | undefined
  let restartMs = RESTART_MS
  let stopped = false

  function start(): void {
    const started = performance.now()
    child = fork(join(rootDir, 'scripts/sealer.ts'), { execArgv: ['--import', 'tsx'] })
    child.once('exit', (code, signal) => {
      if (stopped) return
      restartMs =
        performance.now() - started > STEADY_MS ? RESTART_MS : Math.min(restartMs * 2, MAX_RESTART_MS)
      reportWarning(`The sealer ended (${signal ?? code}); it is started again in ${restartMs / 1000} s.`)
      timer = setTimeout(start, restartMs)
    })
  }

  start()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}
