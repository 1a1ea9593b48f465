import { apiRoute } from '@/lib/http/api-route'
import { requireCronSecret } from '@/lib/schedule/require-cron-secret'
import { indexTrails } from '@/lib/trail/blocks/index-trails'

/** Platforms that run this as a function stop it after so many seconds: the budget, and one block. */
export const maxDuration = 60
const BUDGET_MS = 25_000

// For the cron caller with CRON_SECRET only.
const run = async ({ headers }: Request) => {
  requireCronSecret(headers)
  return Response.json(await indexTrails({ budgetMs: BUDGET_MS }), {
    headers: { 'cache-control': 'no-store' },
  })
}

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = apiRoute({ GET: run, POST: run })
