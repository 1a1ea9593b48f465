import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded'
import { isProcessAlive } from './process-identity'

let dataDir: string
let running: EmbeddedPostgres | undefined
const children: ChildProcess[] = []

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'spoor-embedded-'))
})

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await running?.stop()
  running = undefined
  rmSync(dataDir, { recursive: true, force: true })
})

describe('a fresh data directory', () => {
  test('gets a checksummed UTF-8 database on loopback only, and a password file that only its owner reads', async () => {
    const server = await start()
    const [row] = await query(
      server.url,
      `select current_setting('listen_addresses') as addresses, current_setting('data_checksums') as checksums,
              current_setting('fsync') as fsync, current_setting('unix_socket_directories') as sockets,
              pg_encoding_to_char(encoding) as encoding, datlocale as locale
         from pg_database where datname = current_database()`,
    )
    expect(row).toEqual({
      addresses: '127.0.0.1',
      checksums: 'on',
      fsync: 'on',
      sockets: '',
      encoding: 'UTF8',
      locale: 'C.UTF-8',
    })
    expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600)
    const wrong = new URL(server.url)
    wrong.password = 'guessed'
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/)
  })

  test('is made again after a start that was killed in the middle of initdb', async () => {
    const child = spawnStarter()
    while (!readdirSync(dataDir).some((name) => name.startsWith('initdb-'))) await sleep(5)
    await kill(child)
    expect(existsSync(join(dataDir, 'cluster'))).toBe(false)
    const server = await start()
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(readdirSync(dataDir).filter((name) => name.startsWith('initdb-'))).toEqual([])
  })
})

describe('a warm start', () => {
  test('finds its rows on the same port', async () => {
    const first = await start()
    await query(first.url, 'create table kept as select 42 as answer')
    await first.stop()
    expect(isProcessAlive(first.pid)).toBe(false)
    const second = await start()
    expect(second).toMatchObject({ url: first.url, adopted: false })
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('takes another port when a foreign process has the old one, and keeps to that', async () => {
    const first = await start()
    await first.stop()
    const foreign = createServer().listen(first.port, '127.0.0.1')
    await once(foreign, 'listening')
    const second = await start()
    foreign.close()
    expect(second.port).not.toBe(first.port)
    expect(Number(readFileSync(join(dataDir, 'port'), 'utf8'))).toBe(second.port)
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test.each([
    ['dead', () => 4_194_300],
    ['now another program', () => process.pid],
  ])('removes a pid file whose process is %s', async (_, pid) => {
    const first = await start()
    await first.stop()
    writeFileSync(
      join(dataDir, 'cluster', 'postmaster.pid'),
      `${pid()}\n${dataDir}\n1\n${first.port}\n\n\n\nready\n`,
    )
    const second = await start()
    expect(second.adopted).toBe(false)
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

describe('after kill -9', () => {
  test('of Node the server lives on, the next start adopts it, and stop ends it', async () => {
    const child = spawnStarter()
    const before = await readStarted(child)
    await kill(child)
    expect(isProcessAlive(before.pid)).toBe(true)
    const server = await start()
    expect(server).toMatchObject({ adopted: true, pid: before.pid, url: before.url })
    await server.stop()
    expect(isProcessAlive(before.pid)).toBe(false)
  })

  test('of the postmaster in the middle of a statement the next start has everything committed', async () => {
    const first = await start()
    await query(first.url, 'create table kept as select generate_series(1, 1000) as n')
    const stuck = query(first.url, 'select pg_sleep(60)').catch(() => 'cut')
    await sleep(100)
    process.kill(first.pid, 'SIGKILL')
    expect(await stuck).toBe('cut')
    await first.stop()
    const second = await start()
    expect(second.adopted).toBe(false)
    expect(await query(second.url, 'select count(*)::int as n from kept')).toEqual([{ n: 1000 }])
  })
})

test('a server that dies is started again on its port while its user lives on', async () => {
  const first = await start()
  process.kill(first.pid, 'SIGKILL')
  await expect
    .poll(() => query(first.url, 'select 1 as one').catch(() => 'away'), { timeout: 20_000, interval: 200 })
    .toEqual([{ one: 1 }])
})

test('a second starter on the same directory is told which process runs it', async () => {
  const child = spawnStarter()
  await readStarted(child)
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(`in use by process ${child.pid}`)
  await kill(child)
  await start()
})

test('a server that cannot start says why in its own words', async () => {
  const first = await start()
  await first.stop()
  rmSync(join(dataDir, 'cluster', 'global', 'pg_control'))
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/pg_control/)
})

async function start(): Promise<EmbeddedPostgres> {
  running = await startEmbeddedPostgres({ dataDir })
  return running
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return [...(await client.unsafe(text))]
  } finally {
    await client.end({ timeout: 1 })
  }
}

function spawnStarter(): ChildProcess {
  const args = ['--import', 'tsx', 'db/testing/start-embedded.ts', dataDir]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  return child
}

async function readStarted(child: ChildProcess): Promise<{ pid: number; url: string }> {
  const [line] = await once(child.stdout ?? child, 'data')
  return JSON.parse(String(line))
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
