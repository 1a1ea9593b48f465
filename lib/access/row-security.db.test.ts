import type { Sql, TransactionSql } from 'postgres'
import { beforeAll, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { newMemberScope } from '@/lib/auth/testing/people'
import { type FilledTenant, makeFilledTenant } from './testing/filled-tenant'

const database = useTestDatabase()

/** Tables without a tenant column; each has a policy of its own, tested below. */
const WITHOUT_TENANT = ['anchor_entries', 'clock_keys', 'sessions', 'sign_in_links', 'tenants', 'users']
const REFUSED = { code: '42501' }

let victim: FilledTenant
let intruderId: string
let tables: string[]

beforeAll(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  victim = await makeFilledTenant(database.owner())
  intruderId = (await newMemberScope()).tenantId
  const rows = await database.owner()`select relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`
  tables = rows.map(({ relname }) => relname).filter((name) => !WITHOUT_TENANT.includes(name))
})

/** Runs as the role that requests run as; `tenantId` null sets none. */
function asApp<T>(tenantId: string | null, run: (sql: TransactionSql) => Promise<T>): Promise<unknown> {
  return database.owner().begin(async (sql) => {
    await sql`set local role spoor_app`
    if (tenantId !== null) await sql`select set_config('spoor.tenant_id', ${tenantId}, true)`
    return run(sql)
  })
}

const countOf = async (sql: Sql | TransactionSql, table: string) =>
  (await sql`select count(*)::int as n from ${sql(table)} where tenant_id = ${victim.scope.tenantId}`)[0]?.n

/** Rows that a statement touched; 0 also when the role may not run it at all. */
async function touched(run: () => Promise<unknown>): Promise<number> {
  try {
    return ((await run()) as { count: number }).count
  } catch (error) {
    expect(error).toMatchObject(REFUSED)
    return 0
  }
}

test('row security is on and forced for every table, and no narrow role can step around it', async () => {
  const sql = database.owner()
  const open = await sql`select relname from pg_class where relnamespace = 'public'::regnamespace
    and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)`
  expect([...open]).toEqual([])
  const strong =
    await sql`select rolname from pg_roles where rolname like 'spoor\\_%' and (rolsuper or rolbypassrls)`
  expect([...strong]).toEqual([])
  const owned =
    await sql`select relname from pg_class c join pg_roles r on r.oid = c.relowner where rolname like 'spoor\\_%'`
  expect([...owned]).toEqual([])
})

test('every table of tenant data has rows to hide, and hides them from another tenant and from none', async () => {
  for (const table of tables) {
    expect(await countOf(database.owner(), table), table).toBeGreaterThan(0)
    expect(await asApp(intruderId, (sql) => countOf(sql, table)), table).toBe(0)
    const unset = await asApp(
      null,
      async (sql) => (await sql`select count(*)::int as n from ${sql(table)}`)[0]?.n,
    )
    expect(unset, table).toBe(0)
  }
})

test("no row can be written for another tenant, and none of another tenant's rows changed or deleted", async () => {
  for (const table of tables) {
    const [row] = await database.owner()`
      select to_json(t) as json from ${database.owner()(table)} t where tenant_id = ${victim.scope.tenantId} limit 1`
    const json = JSON.stringify(row?.json)
    const insert = asApp(
      intruderId,
      (sql) =>
        sql`insert into ${sql(table)} select * from json_populate_record(null::${sql(table)}, ${json}::text::json)`,
    )
    await expect(insert, table).rejects.toMatchObject(REFUSED)
    const theirs = victim.scope.tenantId
    for (const attempt of [
      (sql: TransactionSql) =>
        sql`update ${sql(table)} set tenant_id = ${intruderId} where tenant_id = ${theirs}`,
      (sql: TransactionSql) => sql`delete from ${sql(table)} where tenant_id = ${theirs}`,
    ]) {
      expect(await touched(() => asApp(intruderId, attempt)), table).toBe(0)
    }
  }
})

test('a tenant cannot give its own rows to another, nor change or delete its own events', async () => {
  const own = victim.scope.tenantId
  for (const statement of [
    `update tokens set tenant_id = '${intruderId}'`,
    "update events set message = 'nothing happened'",
    'delete from events',
    'truncate events',
    'delete from trail_heads',
  ]) {
    await expect(
      asApp(own, (sql) => sql.unsafe(statement)),
      statement,
    ).rejects.toMatchObject(REFUSED)
  }
})

test('the other tables show a tenant itself and its members, and never a password, session or link', async () => {
  const ids = (rows: unknown) => (rows as { id: string }[]).map(({ id }) => id)
  expect(ids(await asApp(intruderId, (sql) => sql`select id from tenants`))).toEqual([intruderId])
  const people = ids(await asApp(intruderId, (sql) => sql`select id from users`))
  expect(people).toHaveLength(1)
  expect(people).not.toContain(victim.scope.principal.id)
  for (const statement of [
    'select password_hash from users',
    'select * from sessions',
    'select * from sign_in_links',
    'update tenants set name = name',
  ]) {
    await expect(
      asApp(intruderId, (sql) => sql.unsafe(statement)),
      statement,
    ).rejects.toMatchObject(REFUSED)
  }
})
