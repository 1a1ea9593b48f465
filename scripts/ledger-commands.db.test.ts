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
import { createToken } from '@/lib/tokens/create'
import { eventsRoute } from '@/lib/trail/events-route'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const database = useTestDatabase()

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-ledger-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function admin(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/admin.ts', 'ledger', ...args], {
    cwd: ROOT,
    env: childEnvironment({
      DATABASE_URL: database.url(),
      SPOOR_DATA_DIR: join(tmpdir(), `no-instance-${randomUUID()}`),
    }),
  })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, out, err }
}

test('the command line loads a ledger, matches in its own process, explains, and asks before much of it goes', async () => {
  const scope = await newMemberScope()
  const of = ['--tenant', scope.tenantSlug]
  const { secret } = await createToken(scope, { name: 'cli', scopes: ['events:write'] })
  const actor = (login: string) => ({
    type: 'ad',
    action: 'opened',
    actor: { login, repository: 'THESHIRE' },
  })
  const sent = new Request('http://localhost/api/v1/events', {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify([actor('pgustavo'), actor('nobody'), actor('nobody')]),
  })
  expect((await eventsRoute.POST(sent, undefined)).status).toBe(201)

  const people = await admin('import', 'identity', 'e2e/data/ledger/identities.csv', '--full', ...of)
  expect(people.err).toBe('')
  expect(JSON.parse(people.out)).toMatchObject({ state: 'applied', name: 'identities.csv', added: 3 })
  const accounts = ['import', 'account', 'e2e/data/ledger/accounts.csv', '--full', ...of]
  expect(JSON.parse((await admin(...accounts, '--dry-run')).out)).toMatchObject({
    state: 'preview',
    added: 5,
  })
  expect(JSON.parse((await admin(...accounts)).out)).toMatchObject({ state: 'applied', added: 5 })

  const matched = await admin('match', ...of)
  expect(JSON.parse(matched.out)).toMatchObject({ isBehind: false, rematch: null })
  expect(matched.err).toMatch(/matched (\d+) of \1 events/)
  const { names } = JSON.parse((await admin('unmatched', ...of, '--role', 'actor', '--q', 'nobody')).out)
  expect(names).toMatchObject([{ name: 'nobody', events: 2 }])
  const explained = JSON.parse((await admin('explain', 'pgustavo', '--repository', 'theshire', ...of)).out)
  expect(explained.result).toMatchObject({ key: 'THESHIRE\\pgustavo', display: 'Pedro Gustavo' })

  const exported = await admin('export', 'identity', ...of)
  const file = join(folder, 'people.csv')
  await writeFile(file, exported.out)
  const again = JSON.parse((await admin('import', 'identity', file, '--full', ...of)).out)
  expect(again).toMatchObject({ added: 0, changed: 0, removed: 0, unchanged: 3 })
  expect(JSON.parse((await admin('status', ...of)).out)).toMatchObject({ isActive: true })

  await writeFile(file, 'key;key\na;b\n')
  const wrong = await admin('import', 'identity', file, '--delta', ...of)
  expect([wrong.code, wrong.out]).toEqual([2, ''])
  expect(wrong.err).toMatch(/^Line 1, key: /)
  const undecided = await admin('import', 'identity', file, ...of)
  expect(undecided.err).toContain('--full')
}, 240_000)

test('a full file that would remove much is refused with the number to confirm', async () => {
  const scope = await newMemberScope()
  const file = join(folder, 'groups.csv')
  const load = async (count: number, ...more: string[]) => {
    await writeFile(file, `name\n${Array.from({ length: count }, (_, i) => `group ${i}\n`).join('')}`)
    return admin('import', 'group', file, '--full', '--tenant', scope.tenantSlug, ...more)
  }
  expect((await load(40)).code).toBe(0)
  const refused = await load(20)
  expect([refused.code, refused.out]).toEqual([1, ''])
  expect(refused.err).toMatch(/^--confirm-removed: This would remove 20 of 40 groups/)
  expect(JSON.parse((await load(20, '--confirm-removed', '20')).out)).toMatchObject({ removed: 20 })
}, 120_000)
