import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { newMemberScope } from '@/lib/auth/testing/people'
import { getSilo } from '@/lib/collection/silos/get'
import { inParts, newSilo } from '@/lib/collection/silos/testing/new-silo'
import { getFile } from './get'
import { MAX_ARRIVING_FILES, PIECE_BYTES } from './limits'
import { listFiles } from './list'
import { readFileBytes } from './read-file-bytes'
import { receiveFile } from './receive'
import { CSV, hex, manyRows, NOTHING, readAll, useSilo } from './testing/use-silo'

const pack = promisify(gzip)
const given = useSilo()

function broken(packed: Buffer): Buffer {
  const copy = Buffer.from(packed)
  copy.writeUInt8(copy.readUInt8(copy.length - 6) ^ 0xff, copy.length - 6)
  return copy
}

describe('what arrives', () => {
  test('is kept whole, known by its hash, and read as it shows itself', async () => {
    const { file, duplicate } = await given.receive(CSV)
    expect(duplicate).toBe(false)
    expect(file).toMatchObject({
      silo: given.silo,
      name: 'security.csv',
      bytes: CSV.length,
      sha256: hex(CSV),
      state: 'new',
      reading: { encoding: 'utf-8', delimiter: ';', header: 'first' },
      header: ['at', 'login', 'what'],
      readBytes: 0,
      openRejects: 0,
      error: null,
      receivedBy: given.scope.principal.login,
      forgottenAt: null,
    })
    expect(String(await readAll(readFileBytes(given.scope, file.id)))).toBe(CSV)
    expect(await getFile(given.scope, { silo: given.silo, id: file.id })).toEqual(file)
    const [event] = await given.eventsOf('SILO_FILE_ADDED')
    expect(event).toMatchObject({
      targets: [{ type: 'silo', name: given.silo }],
      data: { file: 'security.csv', bytes: CSV.length, sha256: hex(CSV) },
    })
  })

  test('packed with gzip is kept unpacked, whatever its name says', async () => {
    const { file } = await given.receive(gzipSync(CSV), 'security.csv.gz')
    expect(file).toMatchObject({ name: 'security.csv', bytes: CSV.length, sha256: hex(CSV) })
    const more = `${CSV}2026-11-23;other;signed in\n`
    expect((await given.receive(gzipSync(more), 'more.csv')).file).toMatchObject({
      name: 'more.csv',
      sha256: hex(more),
    })
    const plain = `${more}2026-11-24;other;signed in\n`
    expect((await given.receive(plain, 'plain.csv.gz')).file).toMatchObject({
      name: 'plain.csv.gz',
      sha256: hex(plain),
    })
  })

  test('in several gzip members, as logs are appended to, is one file', async () => {
    const members = Buffer.concat([gzipSync(CSV), gzipSync('2026-11-23;other;signed in\n')])
    expect((await given.receive(members)).file.bytes).toBe(CSV.length + 27)
  })

  test('twice is a no-op that names the file that was there', async () => {
    const { file } = await given.receive(CSV)
    for (const again of [CSV, gzipSync(CSV)])
      expect(await given.receive(again, 'other.csv')).toMatchObject({
        duplicate: true,
        file: { id: file.id, name: 'security.csv' },
      })
    expect(await given.left()).toEqual({ files: 1, pieces: 1 })
    expect(await given.eventsOf('SILO_FILE_ADDED')).toHaveLength(1)
  })

  test('twice at once is kept once', async () => {
    const content = manyRows(40_000)
    const received = await Promise.all(['a', 'b', 'c'].map((name) => given.receive(content, `${name}.csv`)))
    expect(received.filter(({ duplicate }) => !duplicate)).toHaveLength(1)
    expect(new Set(received.map(({ file }) => file.id)).size).toBe(1)
    expect((await listFiles(given.scope, { silo: given.silo })).files).toHaveLength(1)
    expect(await given.left()).toEqual({ files: 1, pieces: Math.ceil(content.length / PIECE_BYTES) })
  })

  test('in another silo, or another workspace, is another file', async () => {
    await given.receive(CSV)
    const other = (await newSilo(given.scope)).name
    expect(await receiveFile(given.scope, { silo: other, name: 'a.csv', bytes: inParts(CSV) })).toMatchObject(
      {
        duplicate: false,
      },
    )
    await expect(given.receive(CSV, 'a.csv', await newMemberScope())).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test.each([
    ['', /no name/],
    ['logs/security.csv', /without folders/],
    ['logs\\security.csv', /without folders/],
    ['..', /not the name/],
    ['a\u0000.csv', /cannot be shown/],
    ['a\u202Evsc.exe', /cannot be shown/],
    ['a\n.csv', /cannot be shown/],
    [`${'a'.repeat(255)}.csv`, /255/],
    ['security.txt', /named like \*\.csv/],
  ])('named %j is refused before a byte of it is read', async (name, reason) => {
    given.silo = (await newSilo(given.scope, { pattern: '*.csv' })).name
    let isRead = false
    async function* bytes() {
      isRead = true
      yield Buffer.from(CSV)
    }
    await expect(given.receive(bytes(), name)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(reason),
      details: { violations: [{ pointer: '/name' }] },
    })
    expect(isRead).toBe(false)
  })

  test.each([
    ['nothing', Buffer.alloc(0), /empty/],
    ['gzip of nothing', gzipSync(''), /empty/],
    ['a zip archive', Buffer.from('504b030414000000', 'hex'), /zip archive.*save it as CSV/],
    ['zstd', Buffer.from('28b52ffd00000000', 'hex'), /zstd.*[Uu]npack/],
    ['bzip2', Buffer.from('425a683931415926', 'hex'), /bzip2/],
    ['xz', Buffer.from('fd377a585a000000', 'hex'), /xz/],
    ['Parquet', Buffer.from('5041523115041500', 'hex'), /Parquet/],
    ['a Windows event log', Buffer.from('456c6646696c6500', 'hex'), /EVTX/],
    ['a zip archive in gzip', gzipSync(Buffer.from('504b030414000000', 'hex')), /zip archive/],
    ['gzip in gzip', gzipSync(gzipSync(CSV)), /twice/],
    ['gzip that is cut off', gzipSync(CSV).subarray(0, -10), /broken/],
    ['gzip with a wrong checksum', broken(gzipSync(CSV)), /broken/],
    ['JSON', Buffer.from('{"a":1}\n{"a":2}\n'), /JSON/],
    ['a header that names a column twice', Buffer.from('a;a\n1;2\n'), /both named "a"/],
  ])('as %s is refused with what to do, and nothing of it is kept', async (_, content, reason) => {
    await expect(given.receive(content)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(reason),
    })
    expect(await given.left()).toEqual(NOTHING)
    expect(await given.eventsOf('SILO_FILE_ADDED')).toEqual([])
  })

  test('is refused as soon as its beginning is no table, and the rest does not come', async () => {
    let sent = 0
    async function* endless() {
      for (;;) {
        sent++
        yield Buffer.from('{"a":1}\n'.repeat(8_192))
      }
    }
    await expect(given.receive(endless())).rejects.toMatchObject({ message: expect.stringContaining('JSON') })
    expect(sent).toBeLessThan(50)
    expect(await given.left()).toEqual(NOTHING)
  })

  test('that breaks off leaves nothing', async () => {
    async function* cut() {
      yield Buffer.from(manyRows(30_000))
      throw new Error('the client went away')
    }
    await expect(given.receive(cut())).rejects.toThrow('the client went away')
    expect(await given.left()).toEqual(NOTHING)
  })

  test('as a bomb is refused long before it is unpacked', async () => {
    const line = Buffer.from(`at;login;what\n${'a;b;c\n'.repeat(10_000)}`)
    const member = await pack(Buffer.concat([line, Buffer.alloc(64 * 2 ** 20, 'a;b;c\n')]), { level: 9 })
    const bomb = Buffer.concat([member, member, member])
    await expect(given.receive(bomb)).rejects.toMatchObject({ code: 'too_large' })
    expect(await given.left()).toEqual(NOTHING)
  })

  test('while many others of the workspace arrive is asked to come again', async () => {
    let finish = () => {}
    const held = new Promise<void>((done) => {
      finish = done
    })
    let begun = 0
    async function* slow(i: number) {
      begun++
      await held
      yield Buffer.from(`${CSV}${i}\n`)
    }
    const arriving = Array.from({ length: MAX_ARRIVING_FILES }, (_, i) => given.receive(slow(i), `${i}.csv`))
    await expect.poll(() => begun).toBe(MAX_ARRIVING_FILES)
    await expect(given.receive(CSV)).rejects.toMatchObject({ code: 'rate_limited' })
    finish()
    await Promise.all(arriving)
    await given.receive(CSV)
  })

  test('says when the next one is overdue, once there is a rhythm', async () => {
    const owner = given.owner()
    for (const day of [1, 2, 3, 4]) {
      expect((await getSilo(given.scope, { silo: given.silo })).quietAt).toBeNull()
      const { file } = await given.receive(`${CSV}${day};a;b\n`, `${day}.csv`)
      const at = `2026-11-0${day}T06:00:00Z`
      if (day < 4) await owner`update silo_files set received_at = ${at} where id = ${file.id}`
    }
    expect((await getSilo(given.scope, { silo: given.silo })).quietAt).toBeInstanceOf(Date)
  })

  test('in a silo that collects at once is collected soon', async () => {
    const owner = given.owner()
    const lineId = randomUUID()
    await owner`insert into lines ${owner({ tenant_id: given.scope.tenantId, id: lineId, name: 'line' })}`
    given.silo = (await newSilo(given.scope, { collectsAtOnce: true, lineId })).name
    await given.receive(CSV)
    await given.receive(`${CSV}more;a;b\n`, 'more.csv')
    expect(await getSilo(given.scope, { silo: given.silo })).toMatchObject({
      lastRun: { kind: 'files', state: 'queued' },
    })
  })
})
