import { type SQL, sql } from 'drizzle-orm'

type Alias = 'r' | 's'

/** Whether a record of that alias holds now. */
export const holdsNow = (alias: Alias): SQL =>
  sql.raw(`(coalesce(${alias}.valid_from <= now(), true) and coalesce(${alias}.valid_to > now(), true))`)

/** The order in which the record by which an entity is shown comes first: the one that holds now, else the newest. */
export const shownFirst = (alias: Alias): SQL =>
  sql`${holdsNow(alias)} desc, ${sql.raw(alias)}.valid_from desc nulls last`
