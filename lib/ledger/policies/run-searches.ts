import type { Transaction } from '@/db/client'
import type { LedgerRecord } from '@/lib/ledger/rules/ledger-record'
import { type Key, lookUp, MAX_LISTED } from './look-up'
import { pageThrough } from './page-through'
import { fits, keysOf, type Search } from './search'

/** Gives searches the records that fit, by id. */
export async function runSearches(
  tx: Transaction,
  tenantId: string,
  searches: readonly Search[],
): Promise<void> {
  let crowded = searches
  // By the most selective comparison whose values don't find too many.
  for (let place = 0; ; place++) {
    const asked = crowded.filter(({ rule }) => place < rule.finds.length)
    if (asked.length === 0) break
    const lists = await lookUpOnce(
      tx,
      tenantId,
      asked.map((search) => keysOf(search, place)),
    )
    const isSettled = new Set<Search>()
    for (const [i, search] of asked.entries()) {
      const list = lists[i]
      if (!list) continue
      isSettled.add(search)
      if (list.length > 0) search.records = list.filter((record) => fits(search, record)).sort(byId)
    }
    crowded = crowded.filter((search) => !isSettled.has(search))
  }
  for (const search of crowded)
    search.records = await pageThrough(tx, tenantId, search, (record) => fits(search, record))
}

/** The records of each list of keys, each key being looked up once; undefined: there are too many. */
async function lookUpOnce(
  tx: Transaction,
  tenantId: string,
  keys: readonly Key[][],
): Promise<(readonly LedgerRecord[] | undefined)[]> {
  const places = new Map<string, number>()
  const asked: Key[] = []
  const placesOf = keys.map((some) =>
    some.map((key) => {
      const text = `${key.type}\0${key.name}\0${key.begins}\0${key.fold}`
      const known = places.get(text)
      if (known !== undefined) return known
      places.set(text, asked.length)
      return asked.push(key) - 1
    }),
  )
  const lists = await lookUp(tx, tenantId, asked)
  return placesOf.map((some) => {
    const found = some.map((place) => lists[place])
    return found.length === 1 ? found[0] : mergeLists(found)
  })
}

/** A record may have values that several keys find. */
function mergeLists(lists: readonly (readonly LedgerRecord[] | undefined)[]): LedgerRecord[] | undefined {
  const byRecord = new Map<string, LedgerRecord>()
  for (const list of lists) {
    if (!list) return undefined
    for (const record of list) byRecord.set(record.id, record)
  }
  return byRecord.size > MAX_LISTED ? undefined : [...byRecord.values()]
}

const byId = (a: LedgerRecord, b: LedgerRecord) => (a.id < b.id ? -1 : 1)
