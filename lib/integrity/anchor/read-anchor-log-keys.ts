import { and, desc, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { logHeads, logKeys } from '@/db/schema/logs'
import { ANCHOR_TENANT_ID } from '@/lib/access/instance-tenant'
import { asAnchorLog } from './as-anchor-log'

/**
 * The verifier keys of the anchor log's current epoch, the newest first: a policy that names them can verify the
 * anchors in a bundle. Empty until the sealer has opened it.
 */
export async function readAnchorLogKeys(tx: Transaction, tenantId: string): Promise<string[]> {
  const rows = await asAnchorLog(tx, tenantId, () =>
    tx
      .select({ vkey: logKeys.vkey })
      .from(logKeys)
      .innerJoin(logHeads, and(eq(logHeads.tenantId, logKeys.tenantId), eq(logHeads.epoch, logKeys.epoch)))
      .where(eq(logKeys.tenantId, ANCHOR_TENANT_ID))
      .orderBy(desc(logKeys.number)),
  )
  return rows.map(({ vkey }) => vkey)
}
