import { runOnce } from '@/lib/delivery/run-once'
import { guardedRequest } from '@/lib/http/guarded-request'
import { startJobs } from '@/lib/schedule/scheduler'

/** A receiver that hangs is given up after so long, or the test would take an hour. */
const TIMEOUT_MS = 800
const IDLE_MS = 100
const BUDGET_MS = 3_600_000

startJobs([
  {
    run: (signal) =>
      runOnce({
        budgetMs: BUDGET_MS,
        signal,
        tools: {
          request: (request) =>
            guardedRequest({ ...request, timeoutMs: Math.min(request.timeoutMs, TIMEOUT_MS) }),
        },
      }),
    idleMs: IDLE_MS,
  },
])
process.stdout.write('ready\n')
// Nobody is left behind by a test that was itself killed.
process.stdin.on('end', () => process.exit(0)).resume()
