import { expect, test } from 'vitest'
import { database as databaseOf } from '@/db/client'
import { useTestDatabase } from '@/db/testing/test-database'
import { scrubTrail } from './run-scrub'
import { makeSealedTrail } from './testing/sealed-trail'

const database = useTestDatabase()
const REFUSED = { cause: { code: '42501' } }

test('the scrubber can write nothing but what it found', async () => {
  const { scope } = await makeSealedTrail(database.owner(), 20, 10)
  await scrubTrail(scope)
  const tables = await database.owner()`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`
  const own = ['log_scrubs', 'log_scrub_erasures']
  expect(tables.length).toBeGreaterThan(20)
  for (const { name } of tables.filter((table) => !own.includes(table.name)))
    for (const statement of [
      `insert into ${name} default values`,
      `delete from ${name}`,
      `truncate ${name}`,
      `alter table ${name} disable trigger all`,
    ])
      await expect(databaseOf('scrub').execute(statement), statement).rejects.toMatchObject(
        statement.startsWith('alter')
          ? { cause: { message: expect.stringContaining('must be owner') } }
          : REFUSED,
      )
  for (const statement of [
    'update events set body = body',
    'update log_heads set size = size',
    'update log_tiles set root = root',
    'update trail_heads set next_seq = 0',
    'delete from log_scrubs',
  ])
    await expect(databaseOf('scrub').execute(statement), statement).rejects.toMatchObject(REFUSED)
})
