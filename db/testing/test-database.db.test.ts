import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { useTestDatabase } from './test-database'

const testDatabase = useTestDatabase()

test('a test file works in a migrated database of its own, by the narrow role', async () => {
  const [row] = await database('app').execute(
    sql`select current_database() as name, current_user as role, to_regclass('tenants') is not null as migrated`,
  )
  expect(row).toMatchObject({ role: 'spoor_app', migrated: true })
  expect(row?.name).toBe(new URL(testDatabase.url()).pathname.slice(1))
  expect(row?.name).not.toBe('spoor_template')
})

test('its owner sees what no narrow role does', async () => {
  const [row] =
    await testDatabase.owner()`select rolsuper or rolbypassrls as all from pg_roles where rolname = current_user`
  expect(row?.all).toBe(true)
})
