import { isSameRecords, type LedgerRecord } from '@/lib/ledger/entities/ledger-record'
import { MAX_ATTRIBUTES, MAX_RECORDS } from '@/lib/ledger/entities/limits'
import { type ChangeWay, endRecords, nextRecords } from '@/lib/ledger/entities/next-records'
import type { StoredEntity } from '@/lib/ledger/entities/stored-entity'
import type { EntityChange } from '@/lib/ledger/entities/write-entities'
import type { EntityType } from '@/lib/ledger/entity-types'
import type { GivenEntities, GivenEntity } from './given-entities'
import type { ImportSamples } from './import-view'
import { MAX_TOLD } from './limits'
import { toSample } from './sample-fields'

type Known = Pick<StoredEntity, 'id' | 'key' | 'keyFold' | 'records'>

/** What a file makes of the ledger: entities that exist are met one by one, then those that don't are added. */
export class LedgerDiff {
  readonly added: EntityChange[] = []
  readonly changed: (EntityChange & { id: string })[] = []
  /** Changed to end at the date of a full replacement. */
  readonly ended: (EntityChange & { id: string })[] = []
  /** Of entities that go. */
  readonly gone: string[] = []
  readonly samples: ImportSamples = { added: [], changed: [], removed: [] }
  unchanged = 0
  /** Entities that a full replacement could remove, or end. */
  removable = 0
  /** Entities of which several records become one, because the file has no dates. */
  forgetful = 0
  readonly #met = new Set<string>()

  constructor(
    readonly type: EntityType,
    readonly way: ChangeWay,
    readonly entities: GivenEntities,
  ) {}

  get removed(): number {
    return this.gone.length + this.ended.length
  }

  #checkSize({ key, line }: GivenEntity, records: readonly LedgerRecord[]): void {
    if (records.length > MAX_RECORDS)
      this.entities.complain(
        line,
        undefined,
        `"${key}" would have more than ${MAX_RECORDS} records. Replace it without a date.`,
      )
    if (records.some(({ attributes }) => Object.keys(attributes).length > MAX_ATTRIBUTES))
      this.entities.complain(line, undefined, `"${key}" would have more than ${MAX_ATTRIBUTES} attributes.`)
  }

  #remove({ id, key, records }: Known, left: LedgerRecord[]): void {
    if (left.length === 0) this.gone.push(id)
    else this.ended.push({ id, key, records: left })
    if (this.samples.removed.length < MAX_TOLD)
      this.samples.removed.push({ ...toSample(key, records, left), ended: left.length > 0 })
  }

  /** Each entity of the type, or in a delta those that it names. */
  meet(entity: Known): void {
    const { id, records, keyFold } = entity
    const { effectiveFrom, mode } = this.way
    if (effectiveFrom === null || records.some(({ to }) => to === null || to > effectiveFrom))
      this.removable++
    const given = this.entities.byKey.get(keyFold)
    if (!given) {
      if (mode === 'delta') return
      const left = endRecords(records, effectiveFrom)
      if (!isSameRecords(records, left)) this.#remove(entity, left)
      return
    }
    this.#met.add(keyFold)
    const { key, rows } = given
    const next = nextRecords(this.type, key, records, rows, this.way)
    this.#checkSize(given, next)
    if (entity.key === key && isSameRecords(records, next)) this.unchanged++
    else if (next.length === 0) this.#remove(entity, next)
    else {
      if (records.length > 1 && next.length < records.length) this.forgetful++
      this.changed.push({ id, key, records: next })
      if (this.samples.changed.length < MAX_TOLD) this.samples.changed.push(toSample(key, records, next))
    }
  }

  /** Behind all that were met. `isTime` says when to give way, by yielding. */
  *addOthers(): Generator<undefined> {
    for (const [fold, given] of this.entities.byKey) {
      if (this.#met.has(fold)) continue
      const { key, rows } = given
      const records = nextRecords(this.type, key, [], rows, this.way)
      this.#checkSize(given, records)
      // Rows that were over before the date say nothing of the time from then on.
      if (records.length === 0) this.unchanged++
      else {
        this.added.push({ key, records })
        if (this.samples.added.length < MAX_TOLD) this.samples.added.push(toSample(key, [], records))
      }
      yield
    }
  }
}
