import type { Transaction } from '@/db/client'
import type { FoundEntity } from '@/lib/ledger/matched/find-named'
import { findReferences, type MeantReference } from '@/lib/ledger/matched/find-references'
import { ReferenceSet } from '@/lib/ledger/matched/reference-set'

/** What events call an entity in one role: when these names mean it, and the newest event with one. */
export type Meaning = { set: ReferenceSet; references: MeantReference[]; lastSeq: number }

/** As it is matched in this transaction. */
export async function readMeaning(
  tx: Transaction,
  tenantId: string,
  entity: FoundEntity,
): Promise<Record<'actor' | 'target', Meaning>> {
  const all = await findReferences(tx, tenantId, [entity])
  const inRole = (role: MeantReference['role']): Meaning => {
    const references = all.filter((reference) => reference.role === role)
    return {
      set: new ReferenceSet(references),
      references,
      lastSeq: references.reduce((last, { lastSeq }) => Math.max(last, lastSeq), -1),
    }
  }
  return { actor: inRole('actor'), target: inRole('target') }
}
