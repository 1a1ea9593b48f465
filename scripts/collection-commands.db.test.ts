import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { childEnvironment } from '@/env'
import { newMemberScope } from '@/lib/auth/testing/people'
import { makeWindowsSilo, windowsCsv, windowsMapping } from '@/lib/collection/runs/testing/windows-silo'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const database = useTestDatabase()

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-collect-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function admin(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/admin.ts', ...args], {
    cwd: ROOT,
    env: childEnvironment({
      DATABASE_URL: database.url(),
      SPOOR_DATA_DIR: join(tmpdir(), `no-instance-${randomUUID()}`),
    }),
  })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, out, err }
}

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

test('the command line hands files over, collects in its own process, and says by its exit code what became of them', async () => {
  const scope = await newMemberScope()
  const { silo } = await makeWindowsSilo(scope)
  const ofSilo = ['--tenant', scope.tenantSlug, '--name', silo]
  const [header, ...rows] = windowsCsv().split('\r\n')
  const few = await file('few.csv', `${[header, ...rows.slice(0, 50)].join('\n')}\n`)

  const uploaded = await admin('silo', 'upload', ...ofSilo, '--file', few)
  expect(JSON.parse(uploaded.out)).toMatchObject({
    file: { name: 'few.csv', state: 'new' },
    duplicate: false,
  })
  const ran = await admin('silo', 'run', ...ofSilo)
  expect(JSON.parse(ran.out)).toMatchObject({ state: 'finished', requestedBy: 'operator', collected: 50 })
  expect(ran.err).toContain(`${silo} finished: 100 %, 50 rows`)
  expect(ran.code).toBe(0)

  const wrong = await file('wrong.csv', `${header}\n${rows[60]?.replace(/^\d+/, '77')}\n`)
  await admin('silo', 'upload', ...ofSilo, '--file', wrong)
  const rejected = await admin('silo', 'run', ...ofSilo)
  expect(JSON.parse(rejected.out)).toMatchObject({ state: 'finished', rejected: 1 })
  expect(rejected.code).toBe(3)

  const broken = await file('broken.csv', 'one;two\n1;2\n')
  await admin('silo', 'upload', ...ofSilo, '--file', broken)
  expect((await admin('silo', 'run', ...ofSilo)).code).toBe(1)
  const status = JSON.parse((await admin('silo', 'status', ...ofSilo)).out)
  expect(status).toMatchObject({ silo: { name: silo, openRejects: 1 } })
  expect(status.runs.map(({ state }: { state: string }) => state)).toEqual(['failed', 'finished', 'finished'])
  const unknown = await admin('silo', 'run', '--tenant', scope.tenantSlug, '--name', 'nowhere')
  expect([unknown.code, unknown.out]).toEqual([1, ''])
  expect(unknown.err).toContain('There is no such silo')
}, 180_000)

test('lines and tables go out as files, and into another workspace', async () => {
  const [from, to] = [await newMemberScope(), await newMemberScope()]
  const { silo } = await makeWindowsSilo(from)
  const line = await admin('line', 'export', '--tenant', from.tenantSlug, '--name', `${silo} line`)
  const path = await file('line.json', line.out.replaceAll(from.tenantSlug, to.tenantSlug))
  const imported = await admin('line', 'import', '--tenant', to.tenantSlug, '--file', path)
  expect(imported.err).toBe('')
  expect(JSON.parse(imported.out).created).toContain(`line ${silo} line`)
  const ofTable = ['--tenant', to.tenantSlug, '--name', `${silo} mapping`]
  const changed = await file('mapping.csv', windowsMapping(to).replace('logged on;', 'signed in;'))
  const saved = await admin('table', 'import', ...ofTable, '--kind', 'mapping', '--file', changed)
  expect(JSON.parse(saved.out)).toMatchObject({ version: 2, isNew: true })
  const exported = await admin('table', 'export', ...ofTable)
  expect(exported.out).toContain('signed in;')
  const again = await admin('table', 'import', ...ofTable, '--file', await file('again.csv', exported.out))
  expect(JSON.parse(again.out)).toMatchObject({ version: 2, isNew: false })
}, 180_000)
