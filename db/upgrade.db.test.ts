import { randomBytes, randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { MIGRATIONS_DIR, migrate } from './migrate'
import { databaseUrl } from './testing/database-url'

const server = inject('testServerUrl')
const name = `upgraded_${randomUUID().slice(0, 8)}`
const admin = postgres(server, { max: 1, onnotice: () => {} })
const superuser = postgres(databaseUrl(server, name), { max: 1, onnotice: () => {} })
const olderDir = mkdtempSync(join(tmpdir(), 'spoor-migrations-'))
const owner = new URL(databaseUrl(server, name))

/** The last migrations before destinations had kinds, and before there were channels. */
const [BEFORE_KINDS, BEFORE_CHANNELS] = [9, 13]

/** Migrates to what an older Spoor had. */
async function migrateTo(last: number): Promise<void> {
  cpSync(MIGRATIONS_DIR, olderDir, { recursive: true })
  const file = join(olderDir, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(file, 'utf8'))
  const entries = journal.entries.filter(({ idx }: { idx: number }) => idx <= last)
  writeFileSync(file, JSON.stringify({ ...journal, entries }))
  await migrate(owner.href, olderDir)
}

beforeAll(async () => {
  await admin.unsafe(`create role ${name} login createrole password '${name}'`)
  const roles = await admin`select rolname from pg_roles where rolname like 'spoor\\_%'`
  for (const { rolname } of roles)
    await admin.unsafe(`grant ${rolname} to ${name} with admin true, inherit false`)
  await admin.unsafe(`create database ${name} owner ${name}`)
  owner.username = name
  owner.password = name
  await migrateTo(BEFORE_KINDS)
})

afterAll(async () => {
  await superuser.end()
  await admin.unsafe(`drop database ${name} with (force)`)
  await admin.unsafe(`drop role ${name}`)
  await admin.end()
  rmSync(olderDir, { recursive: true })
})

test('an upgrade brings along the streams of an older Spoor, also for an owner who is no superuser', async () => {
  const tenant_id = randomUUID()
  await superuser`insert into tenants ${superuser({ id: tenant_id, slug: 'old', name: 'Old', id_key: randomBytes(32) })}`
  const [sent, fresh] = [randomUUID(), randomUUID()]
  for (const [id, nextSeq] of [
    [sent, 700],
    [fresh, 40],
  ] as const) {
    const config = superuser.json({ url: 'https://logs.example.com/', body: 'auto' })
    await superuser`insert into destinations ${superuser({ tenant_id, id, kind: 'http', config })}`
    await superuser`insert into delivery_streams ${superuser({ tenant_id, destination_id: id, next_seq: nextSeq, batch_limit: 1000 })}`
  }
  const batch = {
    tenant_id,
    destination_id: sent,
    filter_version: 1,
    format_version: 2,
    format: superuser.json({}),
  }
  const rest = { events: 1, bytes: 1, sha256: Buffer.alloc(32) }
  await superuser`insert into delivery_batches ${superuser([
    { ...batch, ...rest, idempotency_key: 'a', first_seq: 250, last_seq: 699, state: 'done' },
    { ...batch, ...rest, idempotency_key: 'b', first_seq: 700, last_seq: 710, state: 'planned' },
  ])}`
  await migrateTo(BEFORE_CHANNELS)
  const streams = await superuser`select destination_id as id, start_seq::int, breaker from delivery_streams`
  expect(Object.fromEntries(streams.map(({ id, start_seq }) => [id, start_seq]))).toEqual({
    [sent]: 250,
    [fresh]: 40,
  })
  const batches =
    await superuser`select idempotency_key as key, may_have_arrived from delivery_batches order by 1`
  expect(batches.map(({ key, may_have_arrived }) => [key, may_have_arrived])).toEqual([
    ['a', false],
    ['b', true],
  ])
})

test('letters about a storage that an older Spoor sent early wait for their time, and storages go on as before', async () => {
  const tenant_id = randomUUID()
  await superuser`insert into tenants ${superuser({ id: tenant_id, slug: 'mailed', name: 'Mailed', id_key: randomBytes(32) })}`
  const [storage, letters] = [randomUUID(), randomUUID()]
  await superuser`insert into destinations ${superuser([
    { tenant_id, id: storage, kind: 's3', config: superuser.json({}), companion_of: null },
    { tenant_id, id: letters, kind: 'email', config: superuser.json({}), companion_of: storage },
  ])}`
  const stream = { tenant_id, next_seq: 7, batch_limit: 10, every_seconds: 300, flush_events: 10_000 }
  await superuser`insert into delivery_streams ${superuser([
    { ...stream, destination_id: storage },
    { ...stream, destination_id: letters },
  ])}`
  await migrate(owner.href)
  const rows = await superuser`
    select destination_id as id, flush_events, next_seq::int, at_minutes, paced_until from delivery_streams where tenant_id = ${tenant_id}`
  const same = { next_seq: 7, at_minutes: null, paced_until: null }
  expect(rows).toHaveLength(2)
  expect(rows).toContainEqual({ ...same, id: storage, flush_events: 10_000 })
  expect(rows).toContainEqual({ ...same, id: letters, flush_events: null })
  const [tenant] = await superuser`select time_zone from tenants where id = ${tenant_id}`
  expect(tenant).toEqual({ time_zone: 'UTC' })
})
