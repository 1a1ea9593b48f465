import type { Transaction } from '@/db/client'
import { requireNoProblem } from '@/lib/ledger/rules/require-no-problem'
import { checkPolicyEntries } from './check-policy'
import type { PolicyEntry, PolicyVersion } from './definition'
import { readNamedRules, toPolicyVersion } from './named-rules'

/** Entries with their rules, which stay as they are until the transaction ends. Throws `invalid` with all that is wrong. */
export async function requireVersion(
  tx: Transaction,
  tenantId: string,
  entries: readonly PolicyEntry[],
): Promise<PolicyVersion> {
  const rules = await readNamedRules(tx, tenantId, entries, { lock: true })
  requireNoProblem('The policy', await checkPolicyEntries(tx, tenantId, entries, rules))
  return toPolicyVersion(entries, rules)
}
