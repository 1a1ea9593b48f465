import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { acquireProcessLock } from '@/db/process-lock'
import { env, provideEnv } from '@/env'
import { checkNetworkSettings } from '@/lib/http/network-settings'
import { buildIfNeeded, verifierFile } from './build'
import { announceInstance, instancePaths } from './instance'
import { startSealerProcess } from './sealer-process'
import { loadSecrets } from './secrets'
import { startDatabase } from './start-database'
import { buildVerifier } from './verify-build'

/** npm passes a signal on that the terminal already sent to the whole group: within this time it is one. */
const SAME_SIGNAL_MS = 500

const dev = process.argv.includes('--dev')
const aborted = new AbortController()
/** What was started, in order; the stop runs it backwards. */
const started: (() => unknown)[] = []

function log(line: string): void {
  console.log(line)
}

async function start(): Promise<void> {
  checkNetworkSettings()
  const dataDir = resolve(env.dataDir())
  const isFresh = !existsSync(join(dataDir, 'secrets'))
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const lock = acquireProcessLock(instancePaths(dataDir).lock, `The data directory ${dataDir}`)
  started.push(lock.release)
  provideEnv({ NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' })
  provideEnv(loadSecrets(dataDir, { create: true }))

  const build = dev ? buildVerifier(verifierFile) : buildIfNeeded(log, aborted.signal)
  // Both end before an error goes on: what is half started could not be stopped.
  const [loading, preparing] = await Promise.allSettled([
    build.then(importServer),
    prepareDatabase(dataDir).catch((error) => {
      aborted.abort()
      throw error
    }),
  ])
  if (preparing.status === 'rejected') throw preparing.reason
  aborted.signal.throwIfAborted()
  if (loading.status === 'rejected') throw loading.reason
  const { port, close } = await loading.value.startServer({ port: env.port(), dev })
  started.push(close)
  const url = `http://localhost:${port}`
  started.push(announceInstance(dataDir, { url, publicUrl: env.publicUrl(), databaseUrl: env.databaseUrl() }))
  if (env.schedulerEnabled()) {
    const { startScheduler } = await import('@/lib/schedule/scheduler')
    const scheduler = startScheduler()
    started.push(() => scheduler.stop())
    started.push(startSealerProcess().stop)
  }
  log(`Spoor is ready: ${env.publicUrl()}`)
  if (isFresh) log(`Sign up at ${env.publicUrl()}/sign-up`)
}

/** Loaded after NODE_ENV is set: React and Next choose their builds when they are first imported. */
function importServer() {
  return import('./server')
}

async function prepareDatabase(dataDir: string): Promise<void> {
  const database = await startDatabase(dataDir, log)
  started.push(database.stop)
  provideEnv({ DATABASE_URL: database.url })
  const [{ migrate }, { closeDatabase }] = await Promise.all([import('@/db/migrate'), import('@/db/client')])
  await migrate(database.url)
  started.push(closeDatabase)
}

async function stop(exitCode: number): Promise<never> {
  for (const end of started.splice(0).reverse()) {
    try {
      await end()
    } catch (error) {
      console.error('While stopping:', error)
      exitCode ||= 1
    }
  }
  process.exit(exitCode)
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}\nCause: ${describe(error.cause)}`
}

let signalledAt: number | undefined
const starting = start().then(
  () => true,
  (error: unknown) => {
    if (signalledAt === undefined) console.error(describe(error))
    return false
  },
)

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (signalledAt !== undefined) {
      if (Date.now() - signalledAt > SAME_SIGNAL_MS) process.exit(130)
      return
    }
    signalledAt = Date.now()
    log('Stopping …')
    aborted.abort()
    void starting.then(() => stop(0))
  })
}

if (!(await starting) && signalledAt === undefined) await stop(1)
