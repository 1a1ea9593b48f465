import { AppError } from '@/lib/errors/app-error'
import { type GivenRecord, toRecord } from './given-record'
import type { SavedEntity } from './input'
import { byStart, holdsAt, joinRecords, type LedgerRecord, overlaps } from './ledger-record'
import { MAX_RECORDS } from './limits'
import { nextRecords } from './next-records'
import { readInput } from './read-input'

/** What somebody saves: the key, and all that is known afterwards of what was known before. */
export type SavedRecords = { key: string; recordsAfter: (old: readonly LedgerRecord[]) => LedgerRecord[] }

function refuse(pointer: string, detail: string): never {
  throw new AppError('invalid', detail, { violations: [{ pointer, code: 'invalid', detail }] })
}

function requireDisjoint(records: readonly LedgerRecord[], pointer: string): LedgerRecord[] {
  const ordered = [...records].sort(byStart)
  for (const [i, record] of ordered.entries()) {
    const next = ordered[i + 1]
    if (next && overlaps(record, next))
      refuse(pointer, 'Two records hold at the same time. Let one end where the other begins.')
  }
  if (ordered.length > MAX_RECORDS) refuse(pointer, `At most ${MAX_RECORDS} records are kept.`)
  return joinRecords(ordered)
}

/** The record that holds now, else the newest. */
const shownOf = (old: readonly LedgerRecord[]) =>
  old.find((record) => holdsAt(record, Date.now())) ?? old.at(-1)

/** Puts what is given in the place of the record that holds now; `keepsEnd`: until then, too. */
function corrected(old: readonly LedgerRecord[], record: LedgerRecord, keepsEnd: boolean): LedgerRecord[] {
  const shown = shownOf(old)
  if (!shown) return [record]
  const to = keepsEnd ? shown.to : record.to
  if (shown.from !== null && to !== null && to <= shown.from)
    refuse('/validTo', 'It is not after the beginning of the record. Choose a later time.')
  const others = old.filter((one) => one !== shown)
  return requireDisjoint([...others, { ...record, from: shown.from, to }], '/validTo')
}

/** Checks what is saved. Throws `invalid`. */
export function savedRecords({ type, key: givenKey, records, ...input }: SavedEntity): SavedRecords {
  if (records) {
    const beside = [input.displayName, input.validFrom, input.validTo].some((field) => field !== undefined)
    if (beside || Object.keys({ ...input.attributes, ...input.links }).length > 0)
      refuse('/records', 'With records, all is said in these. Move what stands beside them into a record.')
    const read = records.map((record, i) => readInput(type, givenKey, record, `/records/${i}`))
    const [first] = read
    const key = first?.key ?? ''
    const all = requireDisjoint(
      read.map(({ given }) => toRecord(type, key, given)),
      '/records',
    )
    return { key, recordsAfter: () => all }
  }
  const { key, given }: { key: string; given: GivenRecord } = readInput(type, givenKey, input)
  if (input.validFrom === undefined) {
    const keepsEnd = input.validTo === undefined
    return { key, recordsAfter: (old) => corrected(old, toRecord(type, key, given), keepsEnd) }
  }
  const way = { mode: 'full', effectiveFrom: given.from } as const
  return {
    key,
    recordsAfter: (old) => requireDisjoint(nextRecords(type, key, old, [given], way), '/validFrom'),
  }
}
