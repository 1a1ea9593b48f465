import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { type ListingBucket, listingBucket } from '@/lib/collection/origins/s3/testing/listing-bucket'
import { testOriginSchema, updateSiloSchema } from '@/lib/collection/silos/input'
import type { SiloView } from '@/lib/collection/silos/silo-view'
import { testOrigin } from '@/lib/collection/silos/test-origin'
import { newSilo } from '@/lib/collection/silos/testing/new-silo'
import { updateSilo } from '@/lib/collection/silos/update'
import { parseInput } from '@/lib/errors/parse-input'
import { answerWith, type Receiver, reset, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { fetchNewFiles } from './fetch-new-files'
import { listFiles } from './list'

const database = useTestDatabase()
const csv = (mark: string) => Buffer.from(`a;b\n${mark};2\n`)

let scope: TenantScope
let receiver: Receiver
let bucket: ListingBucket
let silo: SiloView
beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  scope = await newMemberScope()
  receiver = await startReceiver()
  bucket = listingBucket()
  receiver.answer(bucket.behaviour)
  silo = await newSilo(scope, { pattern: '*.csv', origin: originOf() })
})
afterEach(() => receiver.close())

const originOf = (prefix = 'logs/') => ({
  ...{ kind: 's3' as const, bucket: 'acme-logs', pathStyle: true, prefix },
  ...{ endpoint: receiver.url, accessKeyId: 'AKIA', secretAccessKey: 'geheim' },
})
const put = (key: string, content = csv(key)) => void bucket.objects.set(key, content)
const fetchNew = () => fetchNewFiles(scope, silo.id)
const files = async (id = silo) => (await listFiles(scope, { silo: id.name })).files
const namesOf = async () => (await files()).map(({ name }) => name).sort()

test('what is new below the prefix comes into the silo, page by page, each once', async () => {
  for (const key of ['logs/a.csv', 'logs/b.csv.gz', 'logs/c.csv', 'logs/d.txt', 'logs/sub/e.csv', 'f.csv'])
    put(key, key.endsWith('.gz') ? gzipSync(csv(key)) : csv(key))
  expect(await fetchNew()).toEqual({ fetched: 3, known: 0, failed: [] })
  expect(await namesOf()).toEqual(['a.csv', 'b.csv', 'c.csv'])
  expect((await files())[0]).toMatchObject({ receivedBy: 's3://acme-logs/logs/', state: 'new' })
  put('logs/g.csv')
  expect(await fetchNew()).toEqual({ fetched: 1, known: 3, failed: [] })
  expect(bucket.fetched).toEqual(['logs/a.csv', 'logs/b.csv.gz', 'logs/c.csv', 'logs/g.csv'])
})

test('a prefix may end within a name, and folders are looked through where the pattern says so', async () => {
  silo = await newSilo(scope, { pattern: '**/*.csv', origin: originOf('logs/win') })
  for (const key of ['logs/win-1.csv', 'logs/windows/2026/2.csv', 'logs/linux.csv']) put(key)
  expect(await fetchNew()).toMatchObject({ fetched: 2 })
  expect(await namesOf()).toEqual(['win-1.csv', 'windows/2026/2.csv'])
})

test('an object that was replaced is a new file, and a copy is none but is not fetched twice', async () => {
  put('logs/a.csv')
  await fetchNew()
  put('logs/a.csv', csv('other'))
  put('logs/copy.csv', csv('other'))
  expect(await fetchNew()).toEqual({ fetched: 1, known: 1, failed: [] })
  expect(await fetchNew()).toEqual({ fetched: 0, known: 2, failed: [] })
  expect(bucket.fetched).toHaveLength(3)
  expect(await namesOf()).toEqual(['a.csv', 'a.csv'])
})

test('what is no table stands in the list with the reason, once, and does not stop the others', async () => {
  put('logs/a.csv', Buffer.from('504b030414000000', 'hex'))
  put('logs/b.csv')
  put('logs/c.csv', Buffer.from(''))
  expect(await fetchNew()).toMatchObject({
    fetched: 1,
    failed: [
      { name: 'a.csv', reason: expect.stringContaining('zip archive') },
      { name: 'c.csv', reason: expect.stringContaining('empty') },
    ],
  })
  expect(await fetchNew()).toMatchObject({ known: 3, failed: [] })
  const [a] = (await files()).filter(({ name }) => name === 'a.csv')
  expect(a).toMatchObject({
    state: 'failed',
    sha256: null,
    error: expect.stringContaining('zip archive'),
    forgottenAt: expect.any(Date),
  })
  put('logs/a.csv')
  expect(await fetchNew()).toMatchObject({ fetched: 1 })
  expect((await files()).filter(({ name }) => name === 'a.csv')).toMatchObject([
    { state: 'new', error: null },
  ])
})

test('an object that can’t be read is told once, and tried again the next time', async () => {
  put('logs/a.csv')
  put('logs/b.csv')
  let refuse = true
  receiver.answer((request, response, raw) => {
    if (refuse && request.path.includes('a.csv'))
      return answerWith(403, '<Error><Code>AccessDenied</Code></Error>')(request, response, raw)
    if (refuse && request.path.includes('b.csv')) return reset(request, response, raw)
    return bucket.behaviour(request, response, raw)
  })
  for (let i = 0; i < 2; i++)
    expect(await fetchNew()).toMatchObject({
      fetched: 0,
      failed: [
        { name: 'a.csv', reason: expect.stringContaining('s3:GetObject') },
        { name: 'b.csv', reason: expect.stringContaining('closed the connection') },
      ],
    })
  expect(await files()).toHaveLength(2)
  refuse = false
  expect(await fetchNew()).toMatchObject({ fetched: 2, failed: [] })
  expect((await files()).map(({ state }) => state)).toEqual(['new', 'new'])
})

test('an object that is replaced between listing and reading is not mixed up', async () => {
  put('logs/a.csv')
  receiver.answer((request, response, raw) => {
    if (request.path.includes('a.csv')) put('logs/a.csv', csv('newer'))
    return bucket.behaviour(request, response, raw)
  })
  expect(await fetchNew()).toMatchObject({
    failed: [{ reason: expect.stringContaining('replaced meanwhile') }],
  })
  expect(await fetchNew()).toMatchObject({ fetched: 1 })
})

test('a part of an object is not taken for all of it', async () => {
  put('logs/a.csv')
  const whole = bucket.objects.get('logs/a.csv') as Buffer
  receiver.answer((request, response, raw) => {
    if (!request.path.includes('a.csv')) return bucket.behaviour(request, response, raw)
    // In chunks, so that nothing says how much should come.
    return response.writeHead(200).end(whole.subarray(0, whole.length - 4))
  })
  const reason = `The storage lists ${whole.length} bytes and sent ${whole.length - 4}. The next run fetches the object again.`
  expect(await fetchNew()).toMatchObject({ fetched: 0, failed: [{ name: 'a.csv', reason }] })
  receiver.answer(bucket.behaviour)
  expect(await fetchNew()).toMatchObject({ fetched: 1, failed: [] })
})

test.each([
  ['a wrong key', answerWith(403, '<Error><Code>InvalidAccessKeyId</Code></Error>'), /InvalidAccessKeyId/],
  ['no bucket', answerWith(404, '<Error><Code>NoSuchBucket</Code></Error>'), /no such bucket/],
  ['something else than a storage', answerWith(200, 'x'.repeat(5 * 2 ** 20)), /more than S3 does/],
  ['a cut connection', reset, /closed the connection/],
])('a place that answers with %s is told as such', async (_, behaviour, message) => {
  receiver.answer(behaviour)
  const refused = { code: 'invalid', message: expect.stringMatching(message) }
  await expect(fetchNew()).rejects.toMatchObject(refused)
  const { secretAccessKey, ...origin } = originOf()
  const input = parseInput(testOriginSchema, { silo: silo.name, origin, pattern: '*' })
  await expect(testOrigin(scope, input)).rejects.toMatchObject(refused)
})

test('a test shows what would be fetched, and fetches nothing', async () => {
  for (const key of ['logs/a.csv', 'logs/b.csv', 'logs/c.txt']) put(key)
  const input = parseInput(testOriginSchema, { origin: originOf(), pattern: '*.csv' })
  expect(await testOrigin(scope, input)).toEqual({
    files: [
      { name: 'a.csv', bytes: csv('logs/a.csv').length },
      { name: 'b.csv', bytes: csv('logs/b.csv').length },
    ],
    isWhole: true,
  })
  expect(bucket.fetched).toEqual([])
  expect(
    await testOrigin(scope, parseInput(testOriginSchema, { origin: { kind: 'upload' }, pattern: '*' })),
  ).toEqual({ files: [], isWhole: true })
})

test('another place is looked through anew, and what is the same there is known by its content', async () => {
  put('logs/a.csv')
  await fetchNew()
  put('other/a.csv', csv('logs/a.csv'))
  const input = { silo: silo.name, pattern: '*.csv', origin: originOf('other/') }
  await updateSilo(scope, parseInput(updateSiloSchema, input))
  expect(await fetchNew()).toEqual({ fetched: 0, known: 1, failed: [] })
  expect(bucket.fetched).toHaveLength(2)
})

test('stops between two files when it is told to', async () => {
  for (const key of ['logs/a.csv', 'logs/b.csv', 'logs/c.csv']) put(key)
  let looks = 0
  expect(await fetchNewFiles(scope, silo.id, { isOver: () => ++looks > 1 })).toMatchObject({ fetched: 1 })
  await expect(fetchNewFiles(scope, silo.id, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    message: expect.stringContaining('stopped'),
  })
})

test('files of a folder come into the silo, each once', async () => {
  const allowed = await mkdtemp(join(tmpdir(), 'spoor-fetch-'))
  try {
    vi.stubEnv('SPOOR_COLLECT_FOLDERS', allowed)
    const path = join(allowed, scope.tenantSlug)
    await mkdir(path)
    silo = await newSilo(scope, { pattern: '*.csv', origin: { kind: 'folder', path } })
    const then = Date.now() / 1000 - 60
    for (const name of ['b.csv', 'a.csv', 'c.txt']) {
      await writeFile(join(path, name), csv(name))
      await utimes(join(path, name), then, then)
    }
    expect(await fetchNew()).toEqual({ fetched: 2, known: 0, failed: [] })
    expect(await fetchNew()).toEqual({ fetched: 0, known: 2, failed: [] })
    expect((await files())[0]).toMatchObject({ receivedBy: path })
  } finally {
    await rm(allowed, { recursive: true })
  }
})

test('a silo that files are handed over to has nothing to fetch, and another workspace’s is not found', async () => {
  const upload = await newSilo(scope)
  expect(await fetchNewFiles(scope, upload.id)).toEqual({ fetched: 0, known: 0, failed: [] })
  await expect(fetchNewFiles(await newMemberScope(), silo.id)).rejects.toMatchObject({ code: 'not_found' })
  expect(await database.owner()`select place from silo_found where silo_id = ${silo.id}`).toEqual([])
})
