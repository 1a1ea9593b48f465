import type { TestDatabase } from '@/db/testing/test-database'

/** Changes rows as only a superuser of the database can: past every trigger. */
export function tamperWith(database: TestDatabase, change: string): Promise<unknown> {
  return database.owner().begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql.unsafe(change)
  })
}
