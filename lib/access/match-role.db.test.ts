import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'

const database = useTestDatabase()

const asMatcher = (query: string) =>
  database.owner().begin(async (sql) => {
    await sql`set local role spoor_match`
    return sql.unsafe(query)
  })

test.each([
  'key from ledger_entities',
  'display_name from ledger_records',
  'fold from ledger_values',
  'content from ledger_imports',
  'name from ledger_imports',
  'name from ledger_references',
  'shown from ledger_matches',
  'actors from ledger_mentions',
  'definition from matching_rule_versions',
  'definition from matching_policy_versions',
  'origin from matching_sources',
  'name from tenants',
  'body from events',
])('who looks in all workspaces for what is to be matched reads no %s', async (what) => {
  await expect(asMatcher(`select ${what} limit 1`)).rejects.toMatchObject({ code: '42501' })
})

test.each([
  'update matching_state set next_seq = 0',
  'update trail_heads set next_seq = 0',
  'delete from ledger_imports',
  'delete from ledger_matches',
  'insert into ledger_entities default values',
])('and changes nothing: %s', async (statement) => {
  await expect(asMatcher(statement)).rejects.toMatchObject({ code: '42501' })
})

test('but it sees how far each trail is matched, and which previews wait', async () => {
  for (const what of [
    'tenant_id, next_seq, wanted, matched from matching_state',
    'tenant_id, id, state, requested_at from ledger_imports',
  ])
    expect(await asMatcher(`select ${what}`)).toEqual([])
  expect(await asMatcher('select tenant_id, next_seq from trail_heads limit 0')).toEqual([])
})
