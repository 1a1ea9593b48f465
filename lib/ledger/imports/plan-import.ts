import { setImmediate as giveWay } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { readMoment } from '@/lib/ledger/entities/read-moment'
import { readStoredEntities, type StoredEntity } from '@/lib/ledger/entities/stored-entity'
import { findDangling } from './find-dangling'
import type { GivenEntities } from './given-entities'
import type { ImportOptions } from './input'
import { LedgerDiff } from './ledger-diff'
import { MAX_TOLD } from './limits'
import { makePace } from './pace'

/** Entities of one look at the ledger: parsing them takes some 10 ms. */
const PAGE = 1000

/** All entities of a type, by key. */
async function* everyEntity(tx: Transaction, tenantId: string, type: string): AsyncGenerator<StoredEntity[]> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page: StoredEntity[] = await readStoredEntities(
      tx,
      sql`e.tenant_id = ${tenantId} and e.type = ${type} and e.key_fold > ${after}`,
      PAGE,
    )
    yield page
    after = page.length < PAGE ? undefined : page.at(-1)?.keyFold
  }
}

/** Those that are named by a delta. */
async function* namedEntities(
  tx: Transaction,
  tenantId: string,
  type: string,
  folds: string[],
): AsyncGenerator<StoredEntity[]> {
  for (let at = 0; at < folds.length; at += PAGE) {
    const names = JSON.stringify(folds.slice(at, at + PAGE))
    yield readStoredEntities(
      tx,
      sql`e.tenant_id = ${tenantId} and e.type = ${type}
        and e.key_fold = any(array(select x.fold from json_array_elements_text(${names}::json) x(fold)))`,
      PAGE,
    )
  }
}

/** What changes, with all hints. */
export type ImportPlan = { diff: LedgerDiff; hints: string[] }

/**
 * Compares what a file says with the ledger. What doesn't fit only together with the ledger is in
 * `entities.problems` afterwards. The event loop is given back all the while.
 */
export async function planImport(
  tx: Transaction,
  tenantId: string,
  { type, mode, effectiveFrom }: Pick<ImportOptions, 'type' | 'mode' | 'effectiveFrom'>,
  entities: GivenEntities,
  hints: readonly string[],
): Promise<ImportPlan> {
  const from = effectiveFrom === null ? null : (readMoment(effectiveFrom) ?? null)
  const diff = new LedgerDiff(type, { mode, effectiveFrom: from }, entities)
  const isTime = makePace()
  const pages =
    mode === 'full'
      ? everyEntity(tx, tenantId, type)
      : namedEntities(tx, tenantId, type, [...entities.byKey.keys()])
  for await (const page of pages)
    for (const entity of page) {
      diff.meet(entity)
      if (isTime()) await giveWay()
    }
  for (const _ of diff.addOthers()) if (isTime()) await giveWay()
  const found = [...hints, ...(await findDangling(tx, tenantId, diff)), ...forgetting(diff)]
  return { diff, hints: found.slice(0, MAX_TOLD) }
}

function forgetting({ forgetful, way }: LedgerDiff): string[] {
  if (forgetful === 0 || way.effectiveFrom !== null) return []
  const what = forgetful === 1 ? 'One entity loses' : `${forgetful.toLocaleString('en')} entities lose`
  return [`${what} what was known of earlier times. To keep it, say from when on the file holds.`]
}
