import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'

const database = useTestDatabase()

const asCollector = (query: string) =>
  database.owner().begin(async (sql) => {
    await sql`set local role spoor_collect`
    return sql.unsafe(query)
  })

test.each([
  'name, origin, secret_enc from silos',
  'name from silo_files',
  'header from silo_files',
  'data from silo_file_chunks',
  'raw from collection_rejects',
  'value from collection_rejects',
  'reason from collection_rejects',
  'definition from line_versions',
  'content from line_table_versions',
  'name from tenants',
  'body from events',
])('who looks in all workspaces for what is due reads no %s', async (what) => {
  await expect(asCollector(`select ${what} limit 1`)).rejects.toMatchObject({ code: '42501' })
})

test.each([
  "update silo_files set state = 'new'",
  'delete from collection_rejects',
  'delete from silo_file_chunks',
  'insert into plans default values',
])('and changes nothing: %s', async (statement) => {
  await expect(asCollector(statement)).rejects.toMatchObject({ code: '42501' })
})

test('but it sees which files are kept, and which rows still need them', async () => {
  for (const what of [
    'tenant_id, state, collected_at from silo_files',
    'file_id, state, code from collection_rejects',
  ])
    expect(await asCollector(`select ${what}`)).toEqual([])
})
