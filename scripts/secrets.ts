import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '@/db/replace-file'

/** File below `secrets/`, encoding of 32 random bytes; the names are those that env.ts reads. */
const SECRETS = {
  AUTH_SECRET: { file: 'auth-secret', encoding: 'base64url' },
  SPOOR_ENCRYPTION_KEY: { file: 'encryption-key', encoding: 'base64' },
  CRON_SECRET: { file: 'cron-secret', encoding: 'base64url' },
} as const

/** Reads the secrets of a data directory; with `create`, makes those that are missing (files 0600). */
export function loadSecrets(dataDir: string, { create }: { create: boolean }): Record<string, string> {
  const dir = join(dataDir, 'secrets')
  if (create) mkdirSync(dir, { recursive: true, mode: 0o700 })
  const found: Record<string, string> = {}
  for (const [name, { file, encoding }] of Object.entries(SECRETS)) {
    const path = join(dir, file)
    if (create && !existsSync(path)) replaceFile(path, `${randomBytes(32).toString(encoding)}\n`)
    if (existsSync(path)) found[name] = readFileSync(path, 'utf8').trim()
  }
  return found
}
