import { type SQL, sql } from 'drizzle-orm'
import { type Key, LAST } from './look-up'
import { toTextArray } from './read-records'

/** Whether a row of `ledger_values` is what one of these keys looks up; they are of one type and name. */
export function hasKey(row: SQL, keys: readonly Key[]): SQL {
  const { type, name, begins, fold } = keys[0] as Key
  const values = begins
    ? sql`${row}.fold >= ${fold} and ${row}.fold < ${fold + LAST}`
    : sql`${row}.fold = any(${toTextArray(keys.map((key) => key.fold))}::text[])`
  return sql`${row}.type = ${type} and ${row}.name = ${name} and ${values}`
}
