import { fillPlaceholders, type SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { type DatabaseRole, driver } from './client'

const dialect = new PgDialect()

/**
 * Runs a statement that each connection parses and plans only once: for those that run many times a second. The
 * text must be one of few, because each is remembered. Gives plain rows; moments are PostgreSQL's texts.
 */
export async function executePrepared<T extends object>(role: DatabaseRole, statement: SQL): Promise<T[]> {
  const { sql, params } = dialect.sqlToQuery(statement)
  return driver(role).unsafe<T[]>(sql, params as never[], { prepare: true })
}

/**
 * The same for a statement whose text never changes, with `sql.placeholder` where values go: it is written out once,
 * which else costs more than its run where there is nothing to find.
 */
export function writtenOnce<T extends object, Values extends Record<string, unknown>>(
  role: DatabaseRole,
  statement: SQL,
): (values: Values) => Promise<T[]> {
  const { sql, params } = dialect.sqlToQuery(statement)
  return async (values) =>
    driver(role).unsafe<T[]>(sql, fillPlaceholders(params, values) as never[], { prepare: true })
}
