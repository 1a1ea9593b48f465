import { execFileSync } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FoundFile } from '@/lib/collection/origins/found-file'
import { nameMatcher, reachesBelow } from '@/lib/collection/silos/match-name'
import { openFolder } from './open-folder'

let allowed: string
let folder: string
let outside: string
beforeEach(async () => {
  allowed = await mkdtemp(join(tmpdir(), 'spoor-folder-'))
  outside = await mkdtemp(join(tmpdir(), 'spoor-outside-'))
  folder = join(allowed, 'acme')
  await mkdir(folder)
  vi.stubEnv('SPOOR_COLLECT_FOLDERS', allowed)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(allowed, { recursive: true })
  await rm(outside, { recursive: true })
})

/** Node itself can't. */
const makePipe = (path: string) => execFileSync('/usr/bin/env', ['mkfifo', path])

/** A file that nobody has written to for a minute. */
async function put(path: string, content = 'a;b\n1;2\n'): Promise<string> {
  await writeFile(path, content)
  const then = Date.now() / 1000 - 60
  await utimes(path, then, then)
  return path
}

async function find(pattern = '*', path = folder): Promise<FoundFile[]> {
  const opened = openFolder(
    { kind: 'folder', path },
    { tenantSlug: 'acme', owner: 'test', secret: undefined },
  )
  const found: FoundFile[] = []
  const names = { isTaken: nameMatcher(pattern), reachesBelow: reachesBelow(pattern) }
  for await (const files of opened.find(names)) found.push(...files)
  return found
}
const namesOf = async (pattern?: string) => (await find(pattern)).map(({ name }) => name)
async function read(file: FoundFile | undefined): Promise<string> {
  const parts: Uint8Array[] = []
  if (file) for await (const part of file.read()) parts.push(part)
  return Buffer.concat(parts).toString()
}

test('regular files are found by name and pattern, and those of folders in it where the pattern says so', async () => {
  await mkdir(join(folder, '2026', '11'), { recursive: true })
  for (const name of ['b.csv', 'a.csv', 'a.txt', '2026/11/c.csv', '.hidden.csv'])
    await put(join(folder, name))
  expect(await namesOf()).toEqual(['a.csv', 'a.txt', 'b.csv'])
  expect(await namesOf('*.csv')).toEqual(['a.csv', 'b.csv'])
  expect(await namesOf('**/*.csv')).toEqual(['2026/11/c.csv', 'a.csv', 'b.csv'])
  expect(await read((await find('2026/**'))[0])).toBe('a;b\n1;2\n')
})

test('a file that is still being written is left for the next time', async () => {
  await writeFile(join(folder, 'now.csv'), 'a;b\n')
  await put(join(folder, 'then.csv'))
  expect(await namesOf()).toEqual(['then.csv'])
})

test('whoever writes to a file, or puts another in its place, makes it a new one', async () => {
  const path = await put(join(folder, 'a.csv'))
  const marks = new Set([(await find())[0]?.mark, (await find())[0]?.mark])
  expect(marks.size).toBe(1)
  await appendFile(path, '3;4\n')
  const then = Date.now() / 1000 - 60
  await utimes(path, then, then)
  marks.add((await find())[0]?.mark)
  const other = await put(join(outside, 'a.csv'))
  await rename(other, path)
  marks.add((await find())[0]?.mark)
  expect(marks.size).toBe(3)
})

test('links, pipes and devices are no files, and links to folders are not followed', async () => {
  await put(join(outside, 'secret.csv'), 'secret')
  await symlink(join(outside, 'secret.csv'), join(folder, 'link.csv'))
  await symlink(outside, join(folder, 'links'))
  makePipe(join(folder, 'pipe.csv'))
  expect(await namesOf('**/*')).toEqual([])
})

test('a silo’s folder that leads out of what the operator allowed is not looked through', async () => {
  await put(join(outside, 'secret.csv'), 'secret')
  await symlink(outside, join(folder, 'links'))
  await expect(find('*', join(folder, 'links'))).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('leads out'),
  })
})

test.each([
  ['a folder that is not there', () => join(folder, 'nowhere'), /There is no .*nowhere/],
  ['a file', () => put(join(folder, 'a.csv')), /is no folder/],
  ['another workspace’s folder', () => join(allowed, 'other'), /does not allow/],
  ['what is not allowed any more', () => outside, /does not allow/],
])('%s is told as such', async (_, path, message) => {
  const given = await path()
  await expect(find('*', given)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(message),
  })
})

test.each([
  ['a link to a file outside', async (path: string) => symlink(join(outside, 'secret.csv'), path)],
  ['a folder', async (path: string) => mkdir(path)],
  ['a pipe', async (path: string) => makePipe(path)],
])('a file that was swapped for %s since it was listed is not read', async (_, swap) => {
  await put(join(outside, 'secret.csv'), 'secret')
  const path = await put(join(folder, 'a.csv'))
  const [file] = await find()
  await rm(path)
  await swap(path)
  await expect(read(file)).rejects.toMatchObject({ code: 'invalid' })
})

test('a folder that was swapped for a link since its files were listed leads nowhere', async () => {
  await mkdir(join(folder, 'sub'))
  await put(join(folder, 'sub', 'a.csv'))
  await put(join(outside, 'a.csv'), 'secret')
  const [file] = await find('**/*')
  await rm(join(folder, 'sub'), { recursive: true })
  await symlink(outside, join(folder, 'sub'))
  await expect(read(file)).rejects.toMatchObject({ message: expect.stringContaining('leads out') })
})

test('a file that grows while it is read is left for the next time', async () => {
  const path = await put(join(folder, 'a.csv'))
  const [file] = await find()
  await appendFile(path, '3;4\n')
  await expect(read(file)).rejects.toMatchObject({ message: expect.stringContaining('was being written') })
})
