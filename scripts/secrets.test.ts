import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSecrets } from './secrets'

let dataDir: string

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'spoor-secrets-'))
})

afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

test('secrets are made once, kept, and readable by their owner only', () => {
  const made = loadSecrets(dataDir, { create: true })
  expect(Object.keys(made)).toEqual(['AUTH_SECRET', 'SPOOR_ENCRYPTION_KEY', 'CRON_SECRET'])
  expect(Buffer.from(made.SPOOR_ENCRYPTION_KEY ?? '', 'base64')).toHaveLength(32)
  expect(new Set(Object.values(made)).size).toBe(3)
  expect(loadSecrets(dataDir, { create: true })).toEqual(made)
  expect(loadSecrets(dataDir, { create: false })).toEqual(made)
  for (const name of ['auth-secret', 'encryption-key', 'cron-secret']) {
    expect(statSync(join(dataDir, 'secrets', name)).mode & 0o777).toBe(0o600)
  }
})

test('without a data directory nothing is made', () => {
  expect(loadSecrets(join(dataDir, 'none'), { create: false })).toEqual({})
})
