import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'

/**
 * Takes the names of removed entities out of matches that nobody sees any more. Behind `askToRematch`, whose lock
 * it needs; matches that are still shown lose theirs when they are superseded.
 */
export async function forgetShown(tx: Transaction, tenantId: string, ids: readonly string[]): Promise<void> {
  await tx.execute(sql`
    with gone as (select x.id::uuid from json_array_elements_text(${JSON.stringify(ids)}::json) x(id))
    update ledger_matches m set shown = null
    where m.tenant_id = ${tenantId} and m.until is not null and m.shown is not null and (
      m.entity_id in (select id from gone) or m.identity_id in (select id from gone)
      or m.organisation_id in (select id from gone)
      or exists (select from gone where gone.id = any(m.candidates || m.named)))`)
}
