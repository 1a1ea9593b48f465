import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { acquireProcessLock, findLockHolder } from '@/db/process-lock'
import { VERIFIER_PATH } from '@/lib/integrity/verifier-file'
import { buildVerifier } from './verify-build'

export const rootDir = dirname(dirname(fileURLToPath(import.meta.url)))

/** What the build reads. Tests are left out, and scripts but those of the verifier: they don't reach the bundle. */
const SOURCES = ['app', 'components', 'lib', 'db', 'public']
const VERIFIER_SOURCE = /^verify.*\.ts$/
const SOURCE_FILE = /^(?!.*\.test\.tsx?$).*\.(tsx?|jsx?|mjs|css|json|sql|svg|png|ico|woff2)$/

/** Where the server looks for the verifier that it serves; `next build` empties the folder. */
export const verifierFile = join(rootDir, VERIFIER_PATH)

const STAMP_FILE = join(rootDir, '.next', 'spoor-build')
const LOCK_FILE = join(rootDir, 'node_modules', '.cache', 'spoor-build.lock')

/** Builds unless the last build came from these very sources. Instances that start together build once. */
export async function buildIfNeeded(log: (line: string) => void, signal?: AbortSignal): Promise<void> {
  const stamp = await hashSources()
  if (isBuilt(stamp)) return
  mkdirSync(dirname(LOCK_FILE), { recursive: true })
  while (findLockHolder(LOCK_FILE) !== undefined) {
    signal?.throwIfAborted()
    await sleep(500)
  }
  if (isBuilt(stamp)) return
  const lock = acquireProcessLock(LOCK_FILE, 'The build')
  try {
    log('Building the console (once after each change of version; about a minute) …')
    await runNextBuild(signal)
    await buildVerifier(verifierFile)
    writeFileSync(STAMP_FILE, stamp)
  } finally {
    lock.release()
  }
}

function isBuilt(stamp: string): boolean {
  if (!existsSync(join(rootDir, '.next', 'BUILD_ID')) || !existsSync(STAMP_FILE)) return false
  return readFileSync(STAMP_FILE, 'utf8') === stamp
}

async function runNextBuild(signal: AbortSignal | undefined): Promise<void> {
  const next = join(rootDir, 'node_modules', 'next', 'dist', 'bin', 'next')
  const child = spawn(process.execPath, [next, 'build'], {
    cwd: rootDir,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text))
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on('close', resolve).on('error', reject),
  )
  if (code !== 0) throw new Error(`The build failed (next build, exit code ${code}):\n${output}`)
}

async function hashSources(): Promise<string> {
  const lists = await Promise.all(
    SOURCES.map((dir) => readdir(join(rootDir, dir), { recursive: true }).catch(() => [])),
  )
  const names = lists.flatMap((list, index) => list.map((name) => join(SOURCES[index] ?? '', name)))
  const top = (await readdir(rootDir)).filter(
    (name) => !name.includes('test') && !name.includes('playwright'),
  )
  const verifier = (await readdir(join(rootDir, 'scripts'))).filter((name) => VERIFIER_SOURCE.test(name))
  const scripts = verifier.map((name) => join('scripts', name))
  const files = [...names, ...scripts, ...top]
    .filter((name) => SOURCE_FILE.test(name) && name !== 'next-env.d.ts')
    .sort()
  const contents = await Promise.all(files.map((name) => readFile(join(rootDir, name)).catch(() => '')))
  const hash = createHash('sha256')
  for (const [index, name] of files.entries()) hash.update(`${name}\0`).update(contents[index] ?? '')
  return hash.digest('hex')
}
