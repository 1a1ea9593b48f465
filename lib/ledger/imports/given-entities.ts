import type { GivenRecord } from '@/lib/ledger/entities/given-record'
import { byStart, overlaps } from '@/lib/ledger/entities/ledger-record'
import { MAX_RECORDS } from '@/lib/ledger/entities/limits'
import { foldText } from '@/lib/ledger/fold-text'
import type { ImportProblem } from './import-view'
import { MAX_TOLD } from './limits'

/** What rows of a file say of one entity, in their order. */
export type GivenEntity = { key: string; line: number; rows: (GivenRecord & { line: number })[] }

/** Gathers rows by the entity that they speak of, and what is wrong with them. */
export class GivenEntities {
  readonly byKey = new Map<string, GivenEntity>()
  readonly problems: ImportProblem[] = []
  rows = 0

  complain(line: number, column: string | undefined, detail: string): void {
    if (this.problems.length < MAX_TOLD)
      this.problems.push({ line, ...(column !== undefined && { column }), detail })
  }

  get isFull(): boolean {
    return this.problems.length >= MAX_TOLD
  }

  /** Rows with one key must speak of different times. */
  add(key: string, line: number, given: GivenRecord): void {
    this.rows++
    if (key === '') return
    const fold = foldText(key)
    const entity = this.byKey.get(fold)
    if (!entity) {
      this.byKey.set(fold, { key, line, rows: [{ ...given, line }] })
      return
    }
    const twin = entity.rows.find((row) => overlaps(row, given))
    if (twin) {
      const what = `"${key}" is in line ${twin.line} already, for the same time.`
      this.complain(
        line,
        undefined,
        `${what} Keep one of the two, or say when each holds by valid_from and valid_to.`,
      )
    } else if (entity.rows.length >= MAX_RECORDS) {
      this.complain(line, undefined, `"${key}" has more than ${MAX_RECORDS} rows. Leave out the oldest.`)
    } else {
      // As its newest row spells it.
      if (entity.rows.every((row) => byStart(row, given) < 0)) entity.key = key
      entity.rows.push({ ...given, line })
    }
  }
}
