import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLogSecret } from './log-secret'

// A sealer that looked before the other one had made the secret.
const fs = vi.hoisted(() => ({ isBlind: false }))
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>()
  const existsSync = (path: string) => {
    const sees = !fs.isBlind && real.existsSync(path)
    fs.isBlind = false
    return sees
  }
  return { ...real, existsSync }
})

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'spoor-secret-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test('the secret is made once, for its owner alone, and a second sealer that starts with it takes the same', () => {
  const file = join(dir, 'secrets', 'log-master-secret')
  createLogSecret(file)
  const secret = readFileSync(file, 'utf8')
  expect(Buffer.from(secret, 'base64')).toHaveLength(32)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  fs.isBlind = true
  createLogSecret(file)
  expect(readFileSync(file, 'utf8')).toBe(secret)
  expect(readdirSync(join(dir, 'secrets'))).toEqual(['log-master-secret'])
})
