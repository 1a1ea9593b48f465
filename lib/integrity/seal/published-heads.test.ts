import { appendFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PublishedHeads } from './published-heads'

let folder: string

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'spoor-published-')), 'published')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const noteOf = (size: number) => `example.org/log/a\n${size}\nroot${size}\n\n\u2014 signature\n`

test('what two sealers of a machine publish is remembered together, the larger tree of each log', () => {
  const [first, second] = [new PublishedHeads(folder), new PublishedHeads(folder)]
  first.note([{ logId: 'a', note: noteOf(1) }])
  second.note([
    { logId: 'a', note: noteOf(3) },
    { logId: 'b', note: noteOf(7) },
  ])
  first.note([{ logId: 'a', note: noteOf(2) }])
  first.close()
  second.close()
  const again = new PublishedHeads(folder)
  expect(again.get('a')).toEqual({ size: 3, root: 'root3', note: noteOf(3) })
  expect(again.get('b')?.size).toBe(7)
  expect(again.get('c')).toBeUndefined()
  again.close()
})

test('a line that a crash cut off at the end is left out; a damaged one is named, and nothing is read past it', () => {
  const heads = new PublishedHeads(folder)
  heads.note([{ logId: 'a', note: noteOf(1) }])
  heads.close()
  const file = join(folder, '0.jsonl')
  appendFileSync(file, '["a","examp')
  const again = new PublishedHeads(folder)
  expect(again.get('a')?.size).toBe(1)
  again.close()
  writeFileSync(file, `${readFileSync(file, 'utf8')}nonsense\n`)
  expect(() => new PublishedHeads(folder)).toThrow(/0\.jsonl, line 2, is damaged/)
})

test('a journal that has grown is written anew with what it must hold, and loses nothing', () => {
  const heads = new PublishedHeads(folder)
  heads.note([{ logId: 'quiet', note: noteOf(5) }])
  const padding = 'x'.repeat(1024 * 1024)
  for (let size = 1; size <= 40; size++) heads.note([{ logId: 'busy', note: `${noteOf(size)}${padding}` }])
  expect(readFileSync(join(folder, '0.jsonl')).length).toBeLessThan(20 * 1024 * 1024)
  heads.close()
  const again = new PublishedHeads(folder)
  expect(again.get('quiet')?.size).toBe(5)
  expect(again.get('busy')?.size).toBe(40)
  again.close()
})

test('what a full disk did not take is written before anything else is signed, and no torn line stays', () => {
  const heads = new PublishedHeads(folder)
  heads.note([{ logId: 'a', note: noteOf(1) }])
  heads.close()
  const full = new PublishedHeads(folder)
  const file = join(folder, '0.jsonl')
  rmSync(file)
  symlinkSync('/dev/full', file)
  expect(() => full.note([{ logId: 'a', note: noteOf(2) }])).toThrow('ENOSPC')
  rmSync(file)
  writeFileSync(file, '["a","a torn li')
  full.requireKept()
  full.note([{ logId: 'b', note: noteOf(4) }])
  full.close()
  const again = new PublishedHeads(folder)
  expect([again.get('a')?.size, again.get('b')?.size]).toEqual([2, 4])
  again.close()
})
