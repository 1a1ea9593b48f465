import { apiRoute } from '@/lib/http/api-route'
import { runScrub } from '@/lib/integrity/scrub/run-scrub'
import { requireCronSecret } from '@/lib/schedule/require-cron-secret'

/** Platforms that run this as a function stop it after so many seconds: the budget, and one visit. */
export const maxDuration = 60
const BUDGET_MS = 25_000

// For the cron caller with CRON_SECRET only.
const run = async ({ headers }: Request) => {
  requireCronSecret(headers)
  return Response.json(await runScrub({ budgetMs: BUDGET_MS }), {
    headers: { 'cache-control': 'no-store' },
  })
}

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = apiRoute({ GET: run, POST: run })
