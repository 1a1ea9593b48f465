import type { SQL } from 'drizzle-orm'
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
