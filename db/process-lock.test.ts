import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acquireProcessLock, findLockHolder } from './process-lock'

let dir: string
let file: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'spoor-lock-'))
  file = join(dir, 'lock')
})

afterEach(() => rmSync(dir, { recursive: true, force: true }))

test('while one holds it, the next is told who', () => {
  const lock = acquireProcessLock(file, 'The thing')
  expect(() => acquireProcessLock(file, 'The thing')).toThrow(`The thing is in use by process ${process.pid}`)
  expect(findLockHolder(file)).toBe(process.pid)
  lock.release()
  expect(findLockHolder(file)).toBeUndefined()
  acquireProcessLock(file, 'The thing').release()
  expect(readdirSync(dir)).toEqual([])
})

test('a second release leaves the lock of the next holder alone', () => {
  const first = acquireProcessLock(file, 'The thing')
  first.release()
  acquireProcessLock(file, 'The thing')
  first.release()
  expect(findLockHolder(file)).toBe(process.pid)
})

test.each([
  ['of a process that is gone', JSON.stringify({ pid: 4_194_300, start: '1' })],
  [
    'of an earlier process with the id of a living one',
    JSON.stringify({ pid: process.pid, start: 'earlier' }),
  ],
  ['that is not readable', '{"pid":'],
])('a lock %s is replaced', (_, text) => {
  writeFileSync(file, text)
  acquireProcessLock(file, 'The thing')
  expect(JSON.parse(readFileSync(file, 'utf8')).pid).toBe(process.pid)
  expect(readdirSync(dir)).toEqual(['lock'])
})
