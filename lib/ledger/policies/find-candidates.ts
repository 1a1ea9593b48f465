import type { Transaction } from '@/db/client'
import type { Reference } from '@/lib/ledger/matching/references-of'
import type { CompiledRule } from '@/lib/ledger/rules/compile-rule'
import type { LedgerRecord } from '@/lib/ledger/rules/ledger-record'
import type { CompiledEntry, CompiledPolicy } from './compile-policy'
import { runSearches } from './run-searches'
import { type Search, searchOf } from './search'
import { holdsAlways } from './winners'

/** An entry that found something: records that fit its rule, at whatever time, by id; at most MAX_LISTED. */
export type Candidates = { entry: CompiledEntry; records: readonly LedgerRecord[] }

/** A reference that nothing was found for yet, or not for all times. */
type OpenReference = {
  reference: Reference
  entries: readonly CompiledEntry[]
  /** Of the entry that is tried next. */
  place: number
  found: Candidates[]
}

/**
 * What the entries of a policy find for references, in their order. Entry by entry: once one finds a record that holds
 * at all times, none behind it can win.
 */
export async function findCandidates(
  tx: Transaction,
  tenantId: string,
  policy: CompiledPolicy,
  references: readonly Reference[],
): Promise<Candidates[][]> {
  const all = references.map((reference): OpenReference => {
    return { reference, entries: policy.entriesFor(reference), place: 0, found: [] }
  })
  const searches = new Searches()
  for (let open = all; open.length > 0; ) {
    const tried = open.flatMap((one) => searches.next(one) ?? [])
    await runSearches(tx, tenantId, searches.takeNew())
    open = tried.flatMap(({ one, entry, search }) => {
      if (search.records.length > 0) one.found.push({ entry, records: search.records })
      return search.records.some(holdsAlways) ? [] : [one]
    })
  }
  return all.map(({ found }) => found)
}

/** Searches by rule and by what is wanted: many references say the same. */
class Searches {
  readonly #byRule = new Map<CompiledRule, Map<string, Search>>()
  #new: Search[] = []

  /** The next entry that is for a reference, with its search. */
  next(one: OpenReference): { one: OpenReference; entry: CompiledEntry; search: Search } | undefined {
    for (let entry = one.entries[one.place]; entry; entry = one.entries[one.place]) {
      one.place++
      const search = searchOf(entry.rule, one.reference)
      if (search) return { one, entry, search: this.#shared(search) }
    }
    return undefined
  }

  /** Those that were not run yet. */
  takeNew(): Search[] {
    const taken = this.#new
    this.#new = []
    return taken
  }

  #shared(search: Search): Search {
    const ofRule = this.#byRule.get(search.rule) ?? new Map<string, Search>()
    this.#byRule.set(search.rule, ofRule)
    const text = search.wanted.join('\0')
    const known = ofRule.get(text)
    if (known) return known
    ofRule.set(text, search)
    this.#new.push(search)
    return search
  }
}
