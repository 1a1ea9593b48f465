import { tendFiles } from '@/lib/collection/files/tend-files'
import { collectDue } from '@/lib/collection/runs/collect-due'
import { apiRoute } from '@/lib/http/api-route'
import { requireCronSecret } from '@/lib/schedule/require-cron-secret'

/** Platforms that run this as a function stop it after so many seconds: both budgets, and the running chunks. */
export const maxDuration = 60
const BUDGET_MS = 30_000
/** What is left of it is forgotten the next time. */
const TEND_BUDGET_MS = 10_000

// For the cron caller with CRON_SECRET only.
const run = async ({ headers }: Request) => {
  requireCronSecret(headers)
  const collected = await collectDue({ budgetMs: BUDGET_MS })
  const tended = await tendFiles({ budgetMs: TEND_BUDGET_MS })
  return Response.json({ ...collected, ...tended }, { headers: { 'cache-control': 'no-store' } })
}

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = apiRoute({ GET: run, POST: run })
