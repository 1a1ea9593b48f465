import type { LedgerRecord } from '@/lib/ledger/entities/ledger-record'
import { LIST_SEPARATOR } from '@/lib/ledger/entity-types'
import type { ChangeSample } from './import-view'

/** Letters of a value in a sample, and fields of one: enough to see what it is. */
const MAX_LETTERS = 200
const MAX_FIELDS = 30

const shorten = (text: string) => (text.length > MAX_LETTERS ? `${text.slice(0, MAX_LETTERS)}…` : text)
const toTime = (ms: number | null) => (ms === null ? '' : new Date(ms).toISOString())

/** The newest record as fields by name, and how many there are if it is not one. */
function fieldsOf(records: readonly LedgerRecord[]): Map<string, string> {
  const newest = records.at(-1)
  if (!newest) return new Map()
  return new Map([
    ['display_name', newest.displayName],
    ...Object.entries(newest.links).map(([name, keys]): [string, string] => [
      name,
      keys.join(LIST_SEPARATOR),
    ]),
    ...Object.entries(newest.attributes),
    ['valid_from', toTime(newest.from)],
    ['valid_to', toTime(newest.to)],
    ['records', records.length === 1 ? '' : String(records.length)],
  ])
}

/** What differs between all that was known of an entity and all that will be, for people. */
export function toSample(
  key: string,
  before: readonly LedgerRecord[],
  after: readonly LedgerRecord[],
): ChangeSample {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  const fields = [...new Set([...now.keys(), ...old.keys()])]
    .map((name) => ({ name, before: shorten(old.get(name) ?? ''), after: shorten(now.get(name) ?? '') }))
    .filter((field) => field.before !== field.after)
  const displayName = (after.at(-1) ?? before.at(-1))?.displayName ?? key
  return { key, displayName: shorten(displayName), fields: fields.slice(0, MAX_FIELDS) }
}
