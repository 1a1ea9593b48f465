import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { childEnvironment } from '@/env'
import { digestKeyOf } from '@/lib/delivery/destinations/s3/digest/digest-key'
import { writeDigest } from '@/lib/delivery/destinations/s3/digest/digest-text'
import { sha256 } from '@/lib/integrity/sha256'
import { buildVerifier } from './verify-build'

// Each starts a process, which waits for others on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const dir = mkdtempSync(join(tmpdir(), 'spoor-objects-'))
const verifier = join(dir, 'spoor-verify.mjs')
const copy = join(dir, 'copy')
const key = digestKeyOf(Buffer.alloc(32, 1))
const ROOT = 'audit/tenant=acme/stream=d1/'
const OBJECT = `${ROOT}date=2026-11-20/${'0'.repeat(20)}-${'9'.padStart(20, '0')}.v101.ndjson.gz`
const TEXT = 'ten events\n'

function put(name: string, content: string | Buffer): void {
  mkdirSync(dirname(join(copy, name)), { recursive: true })
  writeFileSync(join(copy, name), content)
}

/** Runs the built file by plain Node, in a folder without packages. */
const run = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = childEnvironment({ HOME: dir, NODE_OPTIONS: '', NODE_PATH: '' })
    execFile(process.execPath, [verifier, 'objects', ...args], { cwd: dir, env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })

beforeAll(() => buildVerifier(verifier))
beforeEach(() => {
  rmSync(copy, { recursive: true, force: true })
  put(OBJECT, gzipSync(TEXT))
  const object = { key: OBJECT, sha256: sha256(Buffer.from(TEXT), 'hex'), firstSeq: 0, lastSeq: 9, count: 10 }
  const digest = writeDigest(
    {
      ...{ digest: 'spoor-digest/1', tenant: 'acme', stream: 'd1', number: 0, place: 'here' },
      ...{
        until: '2026-11-20T23:00:00.000Z',
        objects: [object],
        replaced: [],
        previous: null,
        checkpoint: 'note',
      },
    },
    key,
  )
  put(`${ROOT}_digests/0000000000.jsonl`, digest)
})
afterAll(() => rmSync(dir, { recursive: true }))

test('a copy of a bucket is a yes that says what it covers, packed or unpacked on the way', async () => {
  for (const content of [gzipSync(TEXT), TEXT]) {
    put(OBJECT, content)
    const { code, out } = await run(copy, '--key', key.vkey)
    expect(out).toMatch(/^YES {2}.*\n {2}stream +d1 of acme\n {2}digests +0, each signed/)
    expect(out).toContain('1 object with 10 events of the events 0 to 9: none altered or missing')
    expect(code).toBe(0)
  }
})

test('what is missing, altered or cut off is a no with its name', async () => {
  rmSync(join(copy, OBJECT))
  expect(await run(copy, '--key', key.vkey)).toMatchObject({ code: 1, out: expect.stringContaining(OBJECT) })
  put(OBJECT, gzipSync('other'))
  const { code, out } = await run(copy, '--key', key.vkey, '--json')
  expect(JSON.parse(out)).toMatchObject({ verdict: 'no', reason: 'object_altered' })
  expect(code).toBe(1)
  put(OBJECT, gzipSync(TEXT).subarray(0, 15))
  expect((await run(copy, '--key', key.vkey)).out).toContain('truncated')
})

test('another key is a no, and none or a broken one is no check at all', async () => {
  const other = digestKeyOf(Buffer.alloc(32, 2)).vkey
  expect(await run(copy, '--key', other)).toMatchObject({
    code: 1,
    out: expect.stringContaining('signature_invalid'),
  })
  expect((await run(copy, '--key', other, '--key', key.vkey)).code).toBe(0)
  expect(await run(copy)).toMatchObject({ code: 2, err: expect.stringContaining('--key') })
  expect(await run(copy, '--key', 'x')).toMatchObject({ code: 2 })
  expect(await run(join(dir, 'nowhere'), '--key', key.vkey)).toMatchObject({ code: 2 })
})
