import { storeDigests } from '@/lib/delivery/destinations/s3/digest/store-digests'
import { tendStreams } from '@/lib/delivery/lifecycle/tend-streams'
import { runOnce } from '@/lib/delivery/run-once'
import { apiRoute } from '@/lib/http/api-route'
import { requireCronSecret } from '@/lib/schedule/require-cron-secret'

/** Platforms that run this as a function stop it after so many seconds: the budgets, and one send of 30 s. */
export const maxDuration = 60
const BUDGET_MS = 20_000
const TEND_BUDGET_MS = 5_000
/** Digests that are cut off are stored two minutes later. */
const DIGEST_BUDGET_MS = 5_000

// For the cron caller with CRON_SECRET only.
const run = async ({ headers }: Request) => {
  requireCronSecret(headers)
  const delivered = await runOnce({ budgetMs: BUDGET_MS })
  const tended = await tendStreams({ budgetMs: TEND_BUDGET_MS })
  const signal = AbortSignal.timeout(DIGEST_BUDGET_MS)
  const stored = await storeDigests({ budgetMs: DIGEST_BUDGET_MS, signal })
  return Response.json({ ...delivered, ...tended, ...stored }, { headers: { 'cache-control': 'no-store' } })
}

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = apiRoute({ GET: run, POST: run })
