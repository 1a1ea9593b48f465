import { workErasures } from '@/lib/erasure/work-erasures'
import { apiRoute } from '@/lib/http/api-route'
import { retainTrails } from '@/lib/retention/retain-trails'
import { requireCronSecret } from '@/lib/schedule/require-cron-secret'

/** Platforms that run this as a function stop it after so many seconds: both budgets, and a chunk. */
export const maxDuration = 60
const BUDGET_MS = 20_000

// For the cron caller with CRON_SECRET only.
const run = async ({ headers }: Request) => {
  requireCronSecret(headers)
  const erased = await workErasures({ budgetMs: BUDGET_MS })
  const retained = await retainTrails({ budgetMs: BUDGET_MS })
  return Response.json({ ...erased, ...retained }, { headers: { 'cache-control': 'no-store' } })
}

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = apiRoute({ GET: run, POST: run })
