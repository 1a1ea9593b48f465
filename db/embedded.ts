import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { loadPostgresBinaries, type PostgresBinaries } from './embedded-binaries'
import {
  EMBEDDED_DATABASE,
  EMBEDDED_USER,
  embeddedPaths,
  ensureCluster,
  readPassword,
} from './embedded-cluster'
import { launchPostgres, START_DEADLINE_MS } from './embedded-launch'
import { clearOrphans, findPostmaster, POLL_MS, type Postmaster, stopPostmaster } from './embedded-postmaster'
import { isProcessAlive } from './process-identity'
import { acquireProcessLock } from './process-lock'

export type EmbeddedPostgres = {
  url: string
  port: number
  pid: number
  /** True when the server was still running, because the process that started it was killed. */
  adopted: boolean
  stop(): Promise<void>
}

type Options = { dataDir: string; durable?: boolean; log?: (line: string) => void }

/** A server that died is noticed and started again within this time. */
const WATCH_MS = 1_000

/**
 * Starts the PostgreSQL of this data directory, or adopts it when it still runs. It outlives this process
 * until `stop()`, so that kill -9 of Node never kills it; if it dies itself, it is started again on its port.
 * `durable: false` is for tests only. Throws when another living process uses the directory, and when the
 * server can't start, with its own words.
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const { durable = true, log = () => {} } = options
  const dir = resolve(options.dataDir)
  const { cluster, lock: lockFile } = embeddedPaths(dir)
  const binaries = await loadPostgresBinaries()
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const lock = acquireProcessLock(lockFile, `The database in ${dir}`)
  try {
    await ensureCluster(dir, binaries, durable)
    const living = await adopt(dir)
    if (living) log(`Adopted the database server that was still running (process ${living.pid}).`)
    const server = living ?? (await launch(dir, binaries, durable))
    const endWatch = watch(server.pid, log, () => launch(dir, binaries, durable))
    return {
      url: embeddedUrl(dir, server.port),
      port: server.port,
      pid: server.pid,
      adopted: living !== undefined,
      stop: async () => {
        await endWatch()
        await stopPostmaster(cluster, binaries)
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

function embeddedUrl(dir: string, port: number): string {
  return `postgres://${EMBEDDED_USER}:${readPassword(dir)}@127.0.0.1:${port}/${EMBEDDED_DATABASE}`
}

async function launch(dir: string, binaries: PostgresBinaries, durable: boolean): Promise<Postmaster> {
  await clearOrphans(embeddedPaths(dir).cluster)
  return launchPostgres(dir, binaries, durable)
}

async function adopt(dir: string): Promise<Postmaster | undefined> {
  const { cluster } = embeddedPaths(dir)
  const deadline = Date.now() + START_DEADLINE_MS
  let server = findPostmaster(cluster)
  while (server && server.status !== 'ready' && Date.now() < deadline) {
    await sleep(POLL_MS)
    server = findPostmaster(cluster)
  }
  if (server) await checkAnswers(embeddedUrl(dir, server.port), server.pid)
  return server
}

async function checkAnswers(url: string, pid: number): Promise<void> {
  const client = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    await client`select 1`
  } catch (cause) {
    const words = `A PostgreSQL of this data directory runs as process ${pid}, but doesn't answer. Stop it first.`
    throw new Error(words, { cause })
  } finally {
    await client.end({ timeout: 1 })
  }
}

/** Looks after the server until the returned function is called, which waits for a start under way. */
function watch(firstPid: number, log: (line: string) => void, launchAgain: () => Promise<Postmaster>) {
  let pid = firstPid
  let launching: Promise<void> | undefined
  const timer = setInterval(() => {
    if (launching || isProcessAlive(pid)) return
    log(`The database server (process ${pid}) is gone; starting it again.`)
    launching = launchAgain().then(
      (server) => {
        pid = server.pid
        launching = undefined
      },
      (error: Error) => {
        log(error.message)
        launching = undefined
      },
    )
  }, WATCH_MS).unref()
  return async () => {
    clearInterval(timer)
    await launching
  }
}
