import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { newMemberScope } from '@/lib/auth/testing/people'
import { receiveFile } from '@/lib/collection/files/receive'
import { parseInput } from '@/lib/errors/parse-input'
import { parseFilter } from '@/lib/trail/filter-url'
import { listEvents } from '@/lib/trail/list'
import { getSilo } from './get'
import { createSiloSchema, updateSiloSchema } from './input'
import { listSilos } from './list'
import { removeSilo } from './remove'
import { inParts, newSilo } from './testing/new-silo'
import { updateSilo } from './update'

const database = useTestDatabase()

let scope: TenantScope
beforeEach(async () => {
  scope = await newMemberScope()
})
afterEach(() => void vi.stubEnv('SPOOR_COLLECT_FOLDERS', ''))

const S3 = {
  kind: 's3' as const,
  bucket: 'acme-logs',
  region: 'eu-central-1',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'geheim',
}

const update = (silo: string, changes: Partial<typeof updateSiloSchema._input> = {}) =>
  updateSilo(scope, parseInput(updateSiloSchema, { silo, ...changes }))
const eventsOf = async (code: string) =>
  (await listEvents(scope, parseFilter(new URLSearchParams({ code })))).events
const violationsOf = (made: Promise<unknown> | (() => unknown)) =>
  Promise.resolve()
    .then(() => (typeof made === 'function' ? made() : made))
    .then(
      () => [],
      (error) =>
        error.details?.violations?.map(({ pointer }: { pointer: string }) => pointer) ?? [error.message],
    )

async function newLine(owner: TenantScope, name = `line ${randomUUID()}`) {
  const id = randomUUID()
  const row = { tenant_id: owner.tenantId, id, name }
  await database.owner()`insert into lines ${database.owner()(row)}`
  return { id, name }
}

async function newRun(siloId: string, state: 'queued' | 'running') {
  const row = { tenant_id: scope.tenantId, id: randomUUID(), silo_id: siloId, kind: 'files', state }
  await database.owner()`insert into collection_runs ${database.owner()({ ...row, requested_by: 'somebody' })}`
  return row.id
}

test('a new silo takes all files, for now without a line', async () => {
  expect(await newSilo(scope, { name: 'windows-security' })).toMatchObject({
    name: 'windows-security',
    line: null,
    origin: { kind: 'upload' },
    hasSecret: false,
    pattern: '*',
    reading: {},
    collectsAtOnce: false,
    keepDays: 30,
    files: { waiting: 0, failed: 0, total: 0 },
    openRejects: 0,
    lastRun: null,
    lastFileAt: null,
    quietAt: null,
  })
  const [event] = await eventsOf('SILO_CREATED')
  expect(event).toMatchObject({
    message: 'Silo windows-security was added',
    targets: [{ type: 'silo', name: 'windows-security' }],
  })
})

test.each(['', 'New', 'new', 'a b', '-a', 'a-', 'a/b', '../a', 'ä', 'a'.repeat(64)])(
  'the name %s is refused',
  async (name) => {
    expect(await violationsOf(() => parseInput(createSiloSchema, { name }))).toContain('/name')
  },
)

test('a name is taken once in a workspace, and free again when its silo is removed', async () => {
  const { id } = await newSilo(scope, { name: 'logs' })
  await expect(newSilo(scope, { name: 'logs' })).rejects.toMatchObject({
    code: 'conflict',
    details: { violations: [{ pointer: '/name' }] },
  })
  await newSilo(await newMemberScope(), { name: 'logs' })
  await removeSilo(scope, { silo: 'logs' })
  expect((await newSilo(scope, { name: 'logs' })).id).not.toBe(id)
})

test('a line must be one of the workspace', async () => {
  const line = await newLine(scope)
  expect((await newSilo(scope, { lineId: line.id })).line).toEqual(line)
  const foreign = await newLine(await newMemberScope())
  for (const lineId of [foreign.id, randomUUID()])
    expect(await violationsOf(newSilo(scope, { lineId }))).toEqual(['/lineId'])
})

test('a secret is stored encrypted, never comes back, and stays when it is left out', async () => {
  const { name, id } = await newSilo(scope, { origin: S3 })
  const { secretAccessKey, ...shown } = S3
  expect(await getSilo(scope, { silo: name })).toMatchObject({ origin: shown, hasSecret: true })
  const owner = database.owner()
  const [row] = await owner`select * from silos where id = ${id}`
  expect(JSON.stringify(row)).not.toContain('geheim')
  expect(row?.secret_enc.includes('geheim')).toBe(false)
  await update(name, { origin: { ...shown, prefix: 'logs/' } })
  expect((await owner`select secret_enc from silos where id = ${id}`)[0]).toEqual({
    secret_enc: row?.secret_enc,
  })
  const trail = JSON.stringify([await eventsOf('SILO_CREATED'), await eventsOf('SILO_UPDATED')])
  expect(trail).not.toContain('geheim')
  expect(trail).not.toContain(S3.accessKeyId)
  await update(name, { origin: { kind: 'upload' } })
  expect(await getSilo(scope, { silo: name })).toMatchObject({ hasSecret: false })
})

test('an access key is shown whole to who manages silos alone', async () => {
  const { name } = await newSilo(scope, { origin: { ...S3, endpoint: 'https://s3.example.com/tenant-key' } })
  const reader = { ...scope, permissions: new Set(['collection:read']) } as TenantScope
  expect((await getSilo(reader, { silo: name })).origin).toMatchObject({
    accessKeyId: 'AKIA…MPLE',
    endpoint: 'https://s3.example.com/…',
  })
})

test.each([
  ['another access key', { accessKeyId: 'AKIAOTHER' }],
  ['another bucket', { bucket: 'other-logs' }],
  ['another endpoint', { endpoint: 'https://evil.example' }],
])('for %s the secret must be entered again', async (_, change) => {
  const { name } = await newSilo(scope, { origin: S3 })
  const { secretAccessKey, ...shown } = S3
  expect(await violationsOf(update(name, { origin: { ...shown, ...change } }))).toEqual([
    '/origin/secretAccessKey',
  ])
  await update(name, { origin: { ...S3, ...change } })
})

test('a bucket wants a secret, a region unless it has an endpoint, and no private address', async () => {
  const { secretAccessKey, region, ...rest } = S3
  expect(await violationsOf(newSilo(scope, { origin: { ...rest, region } }))).toEqual([
    '/origin/secretAccessKey',
  ])
  expect(await violationsOf(newSilo(scope, { origin: { ...rest, secretAccessKey } }))).toEqual([
    '/origin/region',
  ])
  const inside = { ...S3, endpoint: 'http://169.254.169.254' }
  expect(await violationsOf(() => newSilo(scope, { origin: inside }))).toEqual(['/origin/endpoint'])
  const { origin } = await newSilo(scope, {
    origin: { ...rest, secretAccessKey, endpoint: 'https://s3.example.com' },
  })
  expect(origin).toMatchObject({ region: 'us-east-1' })
})

test('a folder must lie in one that the operator allowed to this workspace', async () => {
  const folder = (path: string) => newSilo(scope, { origin: { kind: 'folder', path } })
  expect(await violationsOf(folder('/var/log'))).toEqual(['/origin/path'])
  vi.stubEnv('SPOOR_COLLECT_FOLDERS', `/srv/logs,${scope.tenantSlug}=/mnt/own logs, other=/mnt/other`)
  for (const path of [
    '/srv/logs',
    '/srv/logs/other',
    '/mnt/other',
    '/mnt/own logs/../other',
    'own logs',
    '/',
  ])
    expect(await violationsOf(folder(path))).toEqual(['/origin/path'])
  expect((await folder(`/srv/logs/${scope.tenantSlug}/windows/`)).origin).toEqual({
    kind: 'folder',
    path: `/srv/logs/${scope.tenantSlug}/windows`,
  })
  expect((await folder('/mnt/own logs')).origin).toEqual({ kind: 'folder', path: '/mnt/own logs' })
})

test('of two people who edit the same silo the second one is told', async () => {
  const { name, updatedAt } = await newSilo(scope)
  const unchangedSince = updatedAt.toISOString()
  await update(name, { note: 'mine', unchangedSince })
  await expect(update(name, { note: 'yours', unchangedSince })).rejects.toMatchObject({ code: 'conflict' })
  expect(await getSilo(scope, { silo: name })).toMatchObject({ note: 'mine' })
})

test('how files are read counts for those of which nothing is collected yet', async () => {
  const { name } = await newSilo(scope)
  const { file } = await receiveFile(scope, { silo: name, name: 'a.csv', bytes: inParts('a;b\n1;2\n') })
  expect(file.header).toEqual(['a', 'b'])
  const readingOf = async () =>
    (await database.owner()`select reading, header from silo_files where id = ${file.id}`)[0]
  await update(name, { note: 'other' })
  expect(await readingOf()).toMatchObject({ header: ['a', 'b'] })
  await update(name, { reading: { delimiter: ',' } })
  expect(await readingOf()).toEqual({ reading: null, header: null })
})

test('a silo whose run is open stays; removed, its files are gone, and nothing of other workspaces', async () => {
  const { name, id } = await newSilo(scope)
  const other = await newMemberScope()
  const foreign = await newSilo(other, { name })
  for (const owner of [scope, other])
    await receiveFile(owner, { silo: name, name: 'a.csv', bytes: inParts('a;b\n1;2\n') })
  const run = await newRun(id, 'queued')
  await expect(removeSilo(scope, { silo: name })).rejects.toMatchObject({ code: 'conflict' })
  const owner = database.owner()
  await owner`update collection_runs set state = 'finished' where id = ${run}`
  await removeSilo(scope, { silo: name })
  await expect(getSilo(scope, { silo: name })).rejects.toMatchObject({ code: 'not_found' })
  expect(await listSilos(scope)).toEqual([])
  expect(await owner`select id from silo_files where silo_id = ${id}`).toEqual([])
  expect(await owner`select removed_at from silos where id = ${id}`).toHaveLength(1)
  expect((await owner`select file_id from silo_file_chunks where tenant_id = ${other.tenantId}`).length).toBe(
    1,
  )
  expect(await getSilo(other, { silo: foreign.name })).toMatchObject({ files: { total: 1 } })
  expect(await eventsOf('SILO_REMOVED')).toMatchObject([{ level: 'warning', data: { files: 1 } }])
})

test('a silo tells of its files and of its last run', async () => {
  const { name, id } = await newSilo(scope)
  await receiveFile(scope, { silo: name, name: 'a.csv', bytes: inParts('a;b\n1;2\n') })
  const run = await newRun(id, 'running')
  const [silo] = await listSilos(scope)
  expect(silo).toMatchObject({
    files: { waiting: 1, failed: 0, total: 1 },
    lastRun: { id: run, silo: name, state: 'running' },
  })
  expect(silo?.lastFileAt).toBeInstanceOf(Date)
})

test('a workspace has two hundred silos at most', async () => {
  const owner = database.owner()
  const rows = Array.from({ length: 199 }, (_, i) => ({
    ...{ tenant_id: scope.tenantId, id: randomUUID(), name: `full-${i}` },
    ...{ origin: { kind: 'upload' }, keep_days: 30 },
  }))
  await owner`insert into silos ${owner(rows)}`
  await newSilo(scope)
  await expect(newSilo(scope)).rejects.toMatchObject({ code: 'conflict' })
  expect(await listSilos(scope)).toHaveLength(200)
})

test('reading and managing are permissions of their own', async () => {
  const system = await scopeForSystem(scope.tenantSlug, 'CLI')
  const { name } = await newSilo(system)
  const member = { ...scope, permissions: new Set(['collection:read', 'collection:write']) } as TenantScope
  expect(await listSilos(member)).toHaveLength(1)
  for (const act of [
    () => newSilo(member),
    () => removeSilo(member, { silo: name }),
    () => updateSilo(member, parseInput(updateSiloSchema, { silo: name })),
  ])
    await expect(act()).rejects.toMatchObject({ code: 'forbidden' })
})
