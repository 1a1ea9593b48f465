import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { childEnvironment } from '@/env'
import { deriveLogKey } from '@/lib/integrity/checkpoint/derive-keys'
import {
  CLOCK_KEY,
  HOST,
  MASTER_SECRET,
  ORIGIN,
  POLICY,
  SealedLog,
  sampleEvent,
  sampleLog,
} from '@/lib/integrity/testing/sealed-log'
import { type LogServer, publishLog, serveLog } from '@/lib/integrity/testing/serve-log'
import { buildVerifier } from './verify-build'

// Each starts several processes, which wait for each other on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const dir = mkdtempSync(join(tmpdir(), 'spoor-verify-'))
const verifier = join(dir, 'spoor-verify.mjs')
const log = sampleLog(300)
const TOKEN = 'only-for-tests'
let server: LogServer

function put(name: string, content: string | Buffer): string {
  writeFileSync(join(dir, name), content)
  return join(dir, name)
}
const policy = put('policy.txt', POLICY)
const token = put('token', `${TOKEN}\n`)

/** Runs the built file by plain Node, in a folder without packages. */
async function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const env = childEnvironment({ HOME: dir, NODE_OPTIONS: '', NODE_PATH: '' })
  const child = spawn(process.execPath, [verifier, ...args], { cwd: dir, env })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, out, err }
}
const verify = (...args: string[]) => run(...args, '--policy', policy)

beforeAll(async () => {
  await buildVerifier(verifier)
  server = await serveLog(log, TOKEN)
})
afterAll(async () => {
  await server.close()
  rmSync(dir, { recursive: true })
})

test('the file stands alone: it imports nothing but Node', () => {
  const imports = [...readFileSync(verifier, 'utf8').matchAll(/^import .*?from "([^"]+)"/gm)].map(
    ([, from]) => from,
  )
  expect(imports.length).toBeGreaterThan(0)
  expect(imports.filter((from) => !from?.startsWith('node:'))).toEqual([])
})

describe('bundle', () => {
  test('a complete range is a yes, plain and packed', async () => {
    const lines = `${(await log.rangeBundle(10, 290)).join('\n')}\n`
    for (const file of [put('range.jsonl', lines), put('range.jsonl.gz', gzipSync(lines))]) {
      const { code, out } = await verify('bundle', file)
      expect(out).toMatch(/^YES {2}.*\n[\s\S]*complete +events 10 to 289: none altered/)
      expect(code).toBe(0)
    }
  })

  test('chosen events are a yes that says what it does not prove', async () => {
    const { code, out } = await verify(
      'bundle',
      put('some.jsonl', (await log.presenceBundle([3, 9])).join('\n')),
    )
    expect(out).toContain('2 events by themselves; others may have been left out')
    expect(code).toBe(0)
  })

  test('an altered one is a no with its reason', async () => {
    const lines = (await log.rangeBundle(0, 300)).join('\n').replace('"user5"', '"user6"')
    const { code, out } = await verify('bundle', put('altered.jsonl', lines), '--json')
    expect(JSON.parse(out)).toMatchObject({ verdict: 'no', reason: 'root_mismatch' })
    expect(code).toBe(1)
  })

  test('a packed one that is cut off is a no', async () => {
    const packed = gzipSync((await log.rangeBundle(0, 300)).join('\n'))
    const { code, out } = await verify('bundle', put('cut.gz', packed.subarray(0, packed.length >> 1)))
    expect(out).toContain('truncated')
    expect(code).toBe(1)
  })

  test('one that does not continue a remembered checkpoint is a no', async () => {
    const kept = put('kept.txt', log.checkpoint(100))
    const without = put('without.jsonl', (await log.rangeBundle(0, 300)).join('\n'))
    const since = put('since.jsonl', (await log.rangeBundle(0, 300, [], [100])).join('\n'))
    expect(await verify('bundle', without, '--remembered', kept)).toMatchObject({ code: 1 })
    expect(await verify('bundle', since, '--remembered', kept)).toMatchObject({ code: 0 })
  })

  test('a check that is left out is a no, unless allowed, and then it is told', async () => {
    const erased = sampleLog(5)
    erased.erase(2, ['/actor'])
    const file = put('erased.jsonl', (await erased.rangeBundle(0, 5)).join('\n'))
    expect(await verify('bundle', file)).toMatchObject({ code: 1 })
    const { code, out } = await verify('bundle', file, '--allow-skipped', 'redactions')
    expect(out).toMatch(/left out +redactions: Values of event 2 were erased/)
    expect(code).toBe(0)
  })

  test('all checks that were left out are told, also as JSON', async () => {
    const erased = sampleLog(5)
    erased.erase(2, ['/actor'])
    const file = put('erased-and-untimed.jsonl', (await erased.rangeBundle(0, 5)).join('\n'))
    const untimed = put('untimed.txt', `${POLICY.split('\n')[0]}\nquorum none\n`)
    const allow = ['--allow-skipped', 'redactions', '--allow-skipped', 'time']
    const { out } = await run('bundle', file, '--policy', untimed, ...allow, '--json')
    expect(JSON.parse(out)['left out']).toMatch(/^time: .*; redactions: /)
  })

  test('the log that it continues is named if it is of another epoch', async () => {
    const origin = `${HOST}/log/0190f7a0-9999-7abc-8def-0123456789ab`
    const key = deriveLogKey(MASTER_SECRET, origin, 0)
    const next = new SealedLog(log.events, origin, [key, CLOCK_KEY])
    const epochs = put('epochs.txt', `log ${key.vkey}\n${POLICY}`)
    const file = put('next.jsonl', (await next.rangeBundle(0, 300, [], [200])).join('\n'))
    const kept = put('kept-of-old.txt', log.checkpoint())
    const { code, out } = await run('bundle', file, '--policy', epochs, '--remembered', kept)
    expect(out).toContain(
      `continues  the checkpoints of 200 events; the checkpoints of 300 events of ${ORIGIN}\n`,
    )
    expect(code).toBe(0)
  })

  test('what is missing or asked wrongly could not be checked', async () => {
    const file = put('plain.jsonl', (await log.rangeBundle(0, 300)).join('\n'))
    expect(await run('bundle', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no policy'),
    })
    expect(await verify('bundle', join(dir, 'none.jsonl'))).toMatchObject({ code: 2 })
    expect(await verify('bundle')).toMatchObject({ code: 2 })
    expect(await verify('bundle', file, '--what')).toMatchObject({ code: 2 })
    expect(await verify('bundle', file, '--allow-skipped', 'all')).toMatchObject({ code: 2 })
    expect(await verify('proof', file, '--remembered', policy)).toMatchObject({ code: 2 })
  })
})

test('asked for help, it says how it is used', async () => {
  expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('fsck URL') })
})

describe('--log', () => {
  const id = ORIGIN.split('/').at(-1) as string

  test('a file of that log is a yes that names it, and one of another a no', async () => {
    const bundle = ['bundle', put('of-log.jsonl', (await log.rangeBundle(0, 300)).join('\n'))]
    const proof = ['proof', put('of-log.tlog-proof', log.proof(7))]
    const yes = { code: 0, out: expect.stringMatching(`log +${ORIGIN}\n`) }
    const no = { code: 1, out: expect.stringContaining('unknown_log') }
    expect(await verify(...bundle, '--log', id)).toMatchObject(yes)
    expect(await verify(...proof, '--log', ORIGIN)).toMatchObject(yes)
    expect(await verify(...bundle, '--log', id.slice(1))).toMatchObject(no)
    expect(await verify(...proof, '--log', '')).toMatchObject(no)
  })

  test('what has a URL is named by that', async () => {
    const { code, err } = await verify('fsck', server.url, '--log', id)
    expect(err).toContain('the URL of fsck and watch names the log')
    expect(code).toBe(2)
  })
})

test('proof: an event is shown if it is proven, and a no otherwise', async () => {
  const good = await verify('proof', put('a.tlog-proof', log.proof(7)))
  expect(good).toMatchObject({ code: 0, out: expect.stringContaining('"login":"user0"') })
  const moved = put('b.tlog-proof', log.proof(7).replace('index 7', 'index 8'))
  expect(await verify('proof', moved)).toMatchObject({
    code: 1,
    out: expect.stringContaining('inclusion_invalid'),
  })
})

describe('against a server', () => {
  const args = () => [server.url, '--token-file', token]

  test('fsck checks all that is served', async () => {
    const { code, out } = await verify('fsck', ...args())
    expect(out).toContain('3 tiles, 300 entries')
    expect(code).toBe(0)
  })

  test('fsck says no to what was altered, and cannot check what it may not see', async () => {
    const entries = server.resources.get('tile/entries/000') as Buffer
    server.resources.set('tile/entries/000', Buffer.from(entries).fill(48, 20, 21))
    expect(await verify('fsck', ...args())).toMatchObject({
      code: 1,
      out: expect.stringContaining('entry_mismatch'),
    })
    server.resources.set('tile/entries/000', entries)
    expect(await verify('fsck', server.url)).toMatchObject({ code: 2, err: expect.stringContaining('401') })
    expect(await verify('fsck', 'http://127.0.0.1:1/log/x')).toMatchObject({
      code: 2,
      err: expect.stringContaining('http://127.0.0.1:1/log/x/checkpoint could not be fetched'),
    })
    expect(await verify('fsck', 'acme')).toMatchObject({
      code: 2,
      err: expect.stringContaining('is no URL'),
    })
    const placeholder = put('placeholder', 'spoor_…\n')
    expect(await verify('fsck', server.url, '--token-file', placeholder)).toMatchObject({
      code: 2,
      err: expect.stringContaining('holds no token'),
    })
  })

  test('watch keeps its checkpoint, and says no to a log that takes something back', async () => {
    const state = join(dir, `${ORIGIN.split('/').at(-1)}.checkpoint`)
    const step = () => verify('watch', ...args(), '--once')
    const serve = (now: SealedLog) => {
      for (const [path, data] of publishLog(now)) server.resources.set(path, data)
    }
    serve(new SealedLog(log.events.slice(0, 200)))
    expect(await step()).toMatchObject({ code: 0, out: expect.stringContaining('nothing yet') })
    expect(existsSync(state)).toBe(true)
    serve(log)
    expect(await step()).toMatchObject({
      code: 0,
      out: expect.stringContaining('the checkpoint of 200 events'),
    })
    serve(new SealedLog(log.events.slice(0, 250)))
    expect(await step()).toMatchObject({ code: 1, out: expect.stringContaining('rolled_back') })
    serve(new SealedLog(log.events.map((one, i) => (i === 3 ? sampleEvent(3, { action: 'x' }) : one))))
    expect(await step()).toMatchObject({ code: 1, out: expect.stringContaining('fork') })
    expect(readFileSync(state, 'utf8')).toBe(log.checkpoint())
    expect(readFileSync(`${state}.refused`)).toEqual(server.resources.get('checkpoint'))
    serve(log)
    const aged = await verify('watch', ...args(), '--once', '--max-age-minutes', '0.001')
    expect(aged).toMatchObject({ code: 1, out: expect.stringContaining('stale') })
  })
})
