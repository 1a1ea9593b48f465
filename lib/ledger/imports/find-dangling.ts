import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { ENTITY_LABELS, type EntityType, LINKS } from '@/lib/ledger/entity-types'
import { foldText } from '@/lib/ledger/fold-text'
import type { LedgerDiff } from './ledger-diff'

/** Keys that one statement looks for. */
const CHUNK = 5000
const MAX_NAMED = 5

/** Keys that records which are written name by a link, as they are spelled first, by their folded form. */
function linkedKeys({ added, changed }: LedgerDiff): Map<string, Map<string, string>> {
  const byLink = new Map<string, Map<string, string>>()
  for (const { records } of [added, changed].flat())
    for (const { links } of records)
      for (const [link, keys] of Object.entries(links)) {
        const found = byLink.get(link) ?? new Map<string, string>()
        byLink.set(link, found)
        for (const key of keys) if (!found.has(foldText(key))) found.set(foldText(key), key)
      }
  return byLink
}

async function dropExisting(
  tx: Transaction,
  tenantId: string,
  to: EntityType,
  keys: Map<string, string>,
): Promise<void> {
  const folds = [...keys.keys()]
  for (let at = 0; at < folds.length; at += CHUNK) {
    const rows = await tx.execute<{ key_fold: string }>(sql`
      select key_fold from ledger_entities where tenant_id = ${tenantId} and type = ${to} and key_fold = any(array(
        select x.fold from json_array_elements_text(${JSON.stringify(folds.slice(at, at + CHUNK))}::json) x(fold)))`)
    for (const { key_fold: fold } of rows) keys.delete(fold)
  }
}

/** Hints at links that lead to nothing that the ledger has, or will have. */
export async function findDangling(tx: Transaction, tenantId: string, diff: LedgerDiff): Promise<string[]> {
  const hints: string[] = []
  for (const [link, keys] of linkedKeys(diff)) {
    const to = LINKS[diff.type][link]?.to
    if (!to) continue
    if (to === diff.type) for (const fold of diff.entities.byKey.keys()) keys.delete(fold)
    await dropExisting(tx, tenantId, to, keys)
    if (keys.size === 0) continue
    const names = [...keys.values()].slice(0, MAX_NAMED).map((key) => `"${key}"`)
    const more = keys.size > MAX_NAMED ? ` and ${(keys.size - MAX_NAMED).toLocaleString('en')} more` : ''
    const { one, many } = ENTITY_LABELS[to]
    const which = (keys.size === 1 ? `one ${one}` : many).toLowerCase()
    hints.push(`${link} names ${which} that the ledger does not have: ${names.join(', ')}${more}.`)
  }
  return hints
}
