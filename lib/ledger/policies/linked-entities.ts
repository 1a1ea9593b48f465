import type { Transaction } from '@/db/client'
import { type EntityType, LINKS } from '@/lib/ledger/entity-types'
import { foldText } from '@/lib/ledger/fold-text'
import { type LinkedRecord, readLinkedRecords } from './read-linked-records'
import type { Winner } from './winners'

const NONE: readonly LinkedRecord[] = []

type Keys = Map<EntityType, Set<string>>

/** Entities that found ones are linked to, with all their records, by type and key as links spell it. */
export class LinkedEntities {
  readonly #byKey = new Map<EntityType, Map<string, readonly LinkedRecord[]>>()

  /** All records of the entity with a key; none where the ledger has no such entity, or it was not read. */
  recordsOf(type: EntityType, key: string): readonly LinkedRecord[] {
    return this.#byKey.get(type)?.get(key) ?? NONE
  }

  /** All records that a record's link leads to. */
  behind(record: LinkedRecord, link: string): readonly LinkedRecord[] {
    const to = LINKS[record.type][link]?.to
    const keys = record.links[link]
    if (to === undefined || keys === undefined) return NONE
    if (keys.length === 1) return this.recordsOf(to, keys[0] as string)
    return keys.flatMap((key) => this.recordsOf(to, key))
  }

  /** All records that some of a record's links lead to, and those of the organisations of people among them. */
  around(record: LinkedRecord, links: readonly string[]): LinkedRecord[] {
    const found: LinkedRecord[] = []
    for (const link of links)
      for (const near of this.behind(record, link)) {
        found.push(near)
        if (near.type === 'identity') found.push(...this.behind(near, 'organisation'))
      }
    return found
  }

  /** Reads the entities behind what was found, as far as showing it needs them, and the organisation of each person. */
  async read(tx: Transaction, tenantId: string, winners: readonly Winner[]): Promise<void> {
    const near: Keys = new Map()
    for (const { entry, records } of winners)
      for (const record of records) for (const link of entry.links) note(near, record, link)
    await this.#readKeys(tx, tenantId, near)
    const far: Keys = new Map()
    for (const key of near.get('identity') ?? [])
      for (const person of this.recordsOf('identity', key)) note(far, person, 'organisation')
    await this.#readKeys(tx, tenantId, far)
  }

  async #readKeys(tx: Transaction, tenantId: string, wanted: Keys): Promise<void> {
    for (const [type, keys] of wanted) {
      const known = this.#byKey.get(type) ?? new Map<string, readonly LinkedRecord[]>()
      this.#byKey.set(type, known)
      const folds = new Map<string, string>()
      for (const key of keys) if (!known.has(key)) folds.set(key, foldText(key))
      const found = await readLinkedRecords(tx, tenantId, type, [...new Set(folds.values())])
      for (const [key, fold] of folds) known.set(key, found.get(fold) ?? NONE)
    }
  }
}

function note(wanted: Keys, record: LinkedRecord, link: string): void {
  const keys = record.links[link]
  const to = LINKS[record.type][link]?.to
  if (!keys || !to) return
  const noted = wanted.get(to) ?? new Set<string>()
  wanted.set(to, noted)
  for (const key of keys) noted.add(key)
}
