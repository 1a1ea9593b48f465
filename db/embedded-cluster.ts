import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { PostgresBinaries } from './embedded-binaries'
import { replaceFile } from './replace-file'

export const EMBEDDED_USER = 'spoor'
export const EMBEDDED_DATABASE = 'spoor'

/** Where things lie inside the data directory of one embedded server. */
export function embeddedPaths(dataDir: string) {
  return {
    cluster: join(dataDir, 'cluster'),
    password: join(dataDir, 'password'),
    port: join(dataDir, 'port'),
    lock: join(dataDir, 'lock'),
    log: join(dataDir, 'postgres.log'),
  }
}

/**
 * Makes the cluster unless it is there. initdb works in a folder of its own that is renamed when complete,
 * so a start that was killed in the middle leaves nothing that the next one would trust.
 */
export async function ensureCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  durable: boolean,
): Promise<void> {
  const paths = embeddedPaths(dataDir)
  removeDrafts(dataDir)
  if (clusterExists(paths.cluster)) return
  if (!readPassword(dataDir)) replaceFile(paths.password, randomBytes(24).toString('base64url'))
  const draft = join(dataDir, `initdb-${randomUUID()}`)
  await run(binaries, binaries.initdb, [
    ...['-D', draft, '-U', EMBEDDED_USER, '--auth=scram-sha-256', `--pwfile=${paths.password}`],
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ...['--data-checksums', '--no-instructions', ...(durable ? [] : ['--no-sync'])],
  ])
  await run(
    binaries,
    binaries.postgres,
    ['--single', '-D', draft, ...(durable ? [] : ['-F']), 'postgres'],
    `CREATE DATABASE ${EMBEDDED_DATABASE}\n`,
  )
  chmodSync(draft, 0o700)
  renameSync(draft, paths.cluster)
}

/** The superuser's password, or undefined before the first start. */
export function readPassword(dataDir: string): string | undefined {
  try {
    return readFileSync(embeddedPaths(dataDir).password, 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}

/** A killed start may have left an initdb that still writes for a moment, hence the retries. */
function removeDrafts(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    if (!name.startsWith('initdb-')) continue
    rmSync(join(dataDir, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  }
}

function clusterExists(cluster: string): boolean {
  const stat = statSync(cluster, { throwIfNoEntry: false })
  if (!stat) return false
  const user = process.getuid?.()
  if (user !== undefined && stat.uid !== user) {
    throw new Error(
      `The database in ${cluster} belongs to user ${stat.uid}, but this is user ${user}. ` +
        `Start Spoor as that user, or give it the folder (chown -R ${user} ${cluster}).`,
    )
  }
  return true
}

function run(binaries: PostgresBinaries, file: string, args: string[], input = ''): Promise<void> {
  const { file: executable, args: all, env } = binaries.command(file, args)
  return new Promise((resolve, reject) => {
    const child = execFile(executable, all, { env }, (error, _stdout, stderr) => {
      if (!error) return resolve()
      const words = stderr.trim() || error.message
      reject(
        new Error(`Could not create the embedded database: ${words}${hintForRoot(words)}`, { cause: error }),
      )
    })
    child.stdin?.end(input)
  })
}

function hintForRoot(words: string): string {
  if (process.getuid?.() !== 0 || !/permission denied/i.test(words)) return ''
  return (
    '\nFor PostgreSQL root gives up its privileges, and a folder above belongs to somebody else: open that for all ' +
    '(chmod o+x), run Spoor as its owner, or set SPOOR_DATA_DIR to another place.'
  )
}
