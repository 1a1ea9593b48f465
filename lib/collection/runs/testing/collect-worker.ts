import { collectDue } from '@/lib/collection/runs/collect-due'
import { startJobs } from '@/lib/schedule/scheduler'

const IDLE_MS = 50
const BUDGET_MS = 3_600_000

startJobs([{ run: (signal) => collectDue({ budgetMs: BUDGET_MS, signal }), idleMs: IDLE_MS }])
process.stdout.write('ready\n')
// Nobody is left behind by a test that was itself killed.
process.stdin.on('end', () => process.exit(0)).resume()
