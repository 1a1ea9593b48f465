import { matchTrails } from '@/lib/ledger/matching/match-trails'
import { startJobs } from '@/lib/schedule/scheduler'

const IDLE_MS = 20
const BUDGET_MS = 3_600_000

startJobs([{ run: (signal) => matchTrails({ budgetMs: BUDGET_MS, signal }), idleMs: IDLE_MS }])
process.stdout.write('ready\n')
// Nobody is left behind by a test that was itself killed.
process.stdin.on('end', () => process.exit(0)).resume()
