import { eq } from 'drizzle-orm'
import { clockKeys, logHeads, logKeys } from '@/db/schema/logs'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { LogSigner } from '@/lib/integrity/seal/log-signer'
import { PublishedHeads } from '@/lib/integrity/seal/published-heads'
import { type SealCounts, sealTrails } from '@/lib/integrity/seal/seal-trails'
import { MASTER_SECRET } from './sealed-log'

const signer = new LogSigner(MASTER_SECRET)
const published = new PublishedHeads()
const BUDGET_MS = 60_000

/** Seals every trail of the test database up to its end, with the master secret of the samples. */
export function sealNow(now: () => number = Date.now): Promise<SealCounts> {
  return sealTrails({ signer, published, now, budgetMs: BUDGET_MS })
}

/** A C2SP policy that believes the current log of a tenant and the operator's clock. */
export async function policyOf(scope: TenantScope): Promise<string> {
  const { keys, clocks } = await inTenant(scope, async (tx) => ({
    keys: await tx
      .select({ vkey: logKeys.vkey, epoch: logKeys.epoch, current: logHeads.epoch })
      .from(logKeys)
      .innerJoin(logHeads, eq(logHeads.tenantId, logKeys.tenantId))
      .where(eq(logKeys.tenantId, scope.tenantId)),
    clocks: await tx.select({ vkey: clockKeys.vkey }).from(clockKeys),
  }))
  const own = keys.filter(({ epoch, current }) => epoch === current)
  return `${own.map(({ vkey }) => `log ${vkey}\n`).join('')}witness clock ${clocks[0]?.vkey}\nquorum clock\n`
}
