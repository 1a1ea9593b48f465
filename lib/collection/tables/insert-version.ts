import { createHash } from 'node:crypto'
import type { Transaction } from '@/db/client'
import { lineTableVersions } from '@/db/schema/lines'
import type { TenantScope } from '@/lib/access/scope'
import type { SoundTable } from './require-sound'

const sha256Of = (content: string) => createHash('sha256').update(content).digest()

/** Keeps what a table contains from now on. */
export async function insertVersion(
  tx: Transaction,
  { tenantId, principal }: TenantScope,
  tableId: string,
  version: number,
  { text, content }: SoundTable,
): Promise<void> {
  await tx.insert(lineTableVersions).values({
    tenantId,
    tableId,
    version,
    content: text,
    rows: content.rows.length,
    sha256: sha256Of(text),
    savedBy: principal.login,
  })
}
