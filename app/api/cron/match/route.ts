import { apiRoute } from '@/lib/http/api-route'
import { dropOldPreviews } from '@/lib/ledger/imports/drop-old-previews'
import { matchTrails } from '@/lib/ledger/matching/match-trails'
import { requireCronSecret } from '@/lib/schedule/require-cron-secret'

/** Platforms that run this as a function stop it after so many seconds: both budgets, and one step. */
export const maxDuration = 60
const BUDGET_MS = 25_000
/** What is left of old previews is dropped the next time. */
const DROP_BUDGET_MS = 5_000

// For the cron caller with CRON_SECRET only.
const run = async ({ headers }: Request) => {
  requireCronSecret(headers)
  const matched = await matchTrails({ budgetMs: BUDGET_MS })
  const { dropped } = await dropOldPreviews({ budgetMs: DROP_BUDGET_MS })
  return Response.json({ ...matched, previews: dropped }, { headers: { 'cache-control': 'no-store' } })
}

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = apiRoute({ GET: run, POST: run })
