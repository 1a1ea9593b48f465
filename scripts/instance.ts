import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findLockHolder } from '@/db/process-lock'
import { replaceFile } from '@/db/replace-file'
import { env, provideEnv } from '@/env'
import { loadSecrets } from './secrets'

export type Instance = {
  dataDir: string
  /** Where this machine reaches the running server, without a trailing slash; undefined when none runs. */
  url: string | undefined
}

type Record = { url: string; publicUrl: string; databaseUrl: string }

export function instancePaths(dataDir: string) {
  return { lock: join(dataDir, 'instance.lock'), record: join(dataDir, 'instance.json') }
}

/** Tells tools on this machine where the server and its database answer. Private: it holds the password. */
export function announceInstance(dataDir: string, record: Record): () => void {
  const file = instancePaths(dataDir).record
  replaceFile(file, JSON.stringify(record))
  return () => rmSync(file, { force: true })
}

/**
 * Gives a command-line tool the secrets and the database of the instance in SPOOR_DATA_DIR. Throws when
 * nothing runs there, unless DATABASE_URL says where the database is.
 */
export function attachInstance(): Instance {
  const dataDir = resolve(env.dataDir())
  const paths = instancePaths(dataDir)
  const running = findLockHolder(paths.lock) !== undefined && existsSync(paths.record)
  provideEnv(loadSecrets(dataDir, { create: false }))
  if (!running) {
    if (env.externalDatabaseUrl()) return { dataDir, url: undefined }
    throw new Error(
      `No Spoor runs with the data directory ${dataDir}. Start it with "npm start", or set SPOOR_DATA_DIR to the ` +
        'directory of the running one, or DATABASE_URL to its database.',
    )
  }
  const { url, publicUrl, databaseUrl }: Record = JSON.parse(readFileSync(paths.record, 'utf8'))
  provideEnv({ DATABASE_URL: databaseUrl, SPOOR_PUBLIC_URL: publicUrl })
  return { dataDir, url }
}
