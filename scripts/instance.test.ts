import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { acquireProcessLock } from '@/db/process-lock'
import { env } from '@/env'
import { announceInstance, attachInstance, instancePaths } from './instance'

const RECORD = {
  url: 'http://localhost:4000',
  publicUrl: 'https://audit.example.com',
  databaseUrl: 'postgres://spoor:secret@127.0.0.1:5000/spoor',
}

let dataDir: string

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'spoor-instance-'))
  vi.stubEnv('SPOOR_DATA_DIR', dataDir)
  vi.stubEnv('DATABASE_URL', '')
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(dataDir, { recursive: true, force: true })
})

test('a tool reaches the running instance and its database', () => {
  const lock = acquireProcessLock(instancePaths(dataDir).lock, 'The data directory')
  announceInstance(dataDir, RECORD)
  expect(statSync(instancePaths(dataDir).record).mode & 0o777).toBe(0o600)
  expect(attachInstance()).toEqual({ dataDir, url: RECORD.url })
  expect(env.databaseUrl()).toBe(RECORD.databaseUrl)
  expect(env.publicUrl()).toBe(RECORD.publicUrl)
  lock.release()
})

test.each([
  ['never ran', () => {}],
  ['was killed', () => announceInstance(dataDir, RECORD)],
])('an instance that %s is not reached, and the error says what to do', (_, leave) => {
  leave()
  expect(() => attachInstance()).toThrow(/No Spoor runs with the data directory .*npm start/)
})

test('DATABASE_URL reaches the database without a running instance', () => {
  vi.stubEnv('DATABASE_URL', RECORD.databaseUrl)
  expect(attachInstance()).toEqual({ dataDir, url: undefined })
})
