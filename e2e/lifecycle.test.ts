import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { isProcessAlive } from '@/db/process-identity'
import { makeDataDir, type SpoorServer, startSpoorServer } from './fixtures/spoor-server'

let dataDir: ReturnType<typeof makeDataDir>
let servers: SpoorServer[] = []

test.beforeEach(() => {
  dataDir = makeDataDir()
})

test.afterEach(async () => {
  for (const server of servers) await server.end('SIGTERM')
  servers = []
  dataDir.remove()
})

async function start(values: Record<string, string> = {}, port?: number): Promise<SpoorServer> {
  const server = await startSpoorServer({ dataDir: dataDir.path, values, ...(port ? { port } : {}) })
  servers.push(server)
  return server
}

function readDatabasePid(): number {
  return Number(readFileSync(join(dataDir.path, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0])
}

test('a stop ends server and database, and the next start keeps secrets and says nothing of signing up', async () => {
  const first = await start()
  expect(first.output()).toContain(`${first.url}/sign-up`)
  const secretFile = join(dataDir.path, 'secrets/auth-secret')
  const secret = readFileSync(secretFile, 'utf8')
  expect(statSync(secretFile).mode & 0o777).toBe(0o600)
  expect(statSync(dataDir.path).mode & 0o777).toBe(0o700)
  const databasePid = readDatabasePid()
  expect(await first.end('SIGTERM')).toBe(0)
  expect(isProcessAlive(databasePid)).toBe(false)
  expect(existsSync(join(dataDir.path, 'instance.lock'))).toBe(false)

  const second = await start()
  expect(second.output()).not.toContain('/sign-up')
  expect(readFileSync(secretFile, 'utf8')).toBe(secret)
  expect(await second.end('SIGINT')).toBe(0)
})

test('after kill -9 of Node, of the database, and of both, the next start works', async () => {
  const first = await start()
  const databasePid = readDatabasePid()
  await first.end('SIGKILL')
  expect(isProcessAlive(databasePid)).toBe(true)

  const second = await start()
  expect(readDatabasePid()).toBe(databasePid)
  process.kill(databasePid, 'SIGKILL')
  expect(await second.end('SIGTERM')).toBe(0)

  const third = await start()
  process.kill(readDatabasePid(), 'SIGKILL')
  await third.end('SIGKILL')
  await start()
})

test('two instances run side by side, but never two on one data directory', async () => {
  const first = await start()
  await expect(start()).rejects.toThrow(`in use by process ${first.pid}`)
  const other = makeDataDir()
  try {
    const second = await startSpoorServer({ dataDir: other.path })
    expect(await second.end('SIGTERM')).toBe(0)
  } finally {
    other.remove()
  }
  expect((await fetch(`${first.url}/api/health`)).status).toBe(200)
})

test('a port that is taken is named, and nothing stays behind', async () => {
  const foreign = createServer()
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve))
  const address = foreign.address()
  const port = typeof address === 'object' && address ? address.port : 0
  // Health is asked of the foreign server, which never answers in HTTP: the start itself has to give up.
  foreign.on('connection', (socket) => socket.destroy())
  await expect(start({}, port)).rejects.toThrow(`Port ${port} is in use`)
  foreign.close()
  expect(existsSync(join(dataDir.path, 'postgres/cluster/postmaster.pid'))).toBe(false)
})
