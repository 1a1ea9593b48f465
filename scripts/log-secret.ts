import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, unlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { replaceFile } from '@/db/replace-file'
import { env } from '@/env'

const SECRET_BYTES = 32

/**
 * Where a sealer of this data directory finds its master secret, and remembers what it published. The server never
 * reads the first.
 */
export function sealingFiles(dataDir: string): Record<string, string> {
  return {
    SPOOR_LOG_SECRET_FILE: env.logSecretFile() ?? join(dataDir, 'secrets', 'log-master-secret'),
    SPOOR_PUBLISHED_DIR: env.publishedDir() ?? join(dataDir, 'published-checkpoints'),
  }
}

/**
 * Makes the master secret if there is none yet (0600). Losing it means that every log needs a new epoch, so of two
 * sealers that start at once the second takes what the first has made.
 */
export function createLogSecret(file: string): void {
  if (existsSync(file)) return
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomUUID()}`
  replaceFile(draft, `${randomBytes(SECRET_BYTES).toString('base64')}\n`)
  try {
    // Unlike a rename it never replaces a file.
    linkSync(draft, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    unlinkSync(draft)
  }
}
