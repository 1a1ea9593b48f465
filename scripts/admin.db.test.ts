import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { childEnvironment } from '@/env'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { signIn } from '@/lib/auth/sign-in'
import { newClient, PASSWORD, signUpSomebody } from '@/lib/auth/testing/people'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { nodePrimitives } from '@/lib/integrity/verify/node-primitives'
import { parsePolicy } from '@/lib/integrity/verify/policy'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const database = useTestDatabase()

async function admin(args: string[], stdin = '', values: Record<string, string | undefined> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/admin.ts', ...args], {
    cwd: ROOT,
    env: childEnvironment({
      DATABASE_URL: database.url(),
      SPOOR_DATA_DIR: join(tmpdir(), `no-instance-${randomUUID()}`),
      SPOOR_PUBLIC_URL: 'https://trail.example',
      ...values,
    }),
  })
  child.stdin.end(stdin)
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, out, err }
}

const newSlug = () => `w-${randomUUID().slice(0, 8)}`

test('a workspace and a token come out as one JSON object each, and the token works', async () => {
  const slug = newSlug()
  const made = await admin([
    'tenant',
    'create',
    '--slug',
    slug,
    '--name',
    'Acme',
    '--owner',
    `${slug}@acme.example`,
  ])
  expect(made.err).toBe('')
  expect(made.out.trim().split('\n')).toHaveLength(1)
  expect(JSON.parse(made.out)).toEqual({
    tenant: { id: expect.any(String), slug, name: 'Acme' },
    owner: { email: `${slug}@acme.example`, existing: false },
    signInUrl: expect.stringMatching(/^https:\/\/trail\.example\/sign-in\/link\/[\w-]{43}$/),
  })
  const args = [
    '--name',
    'ci',
    '--scope',
    'events:write',
    '--scope',
    'events:read',
    '--expires',
    '2999-01-01',
  ]
  const { out } = await admin(['token', 'create', '--tenant', slug, ...args])
  const token = JSON.parse(out)
  expect(token).toEqual({
    token: expect.stringMatching(/^spoor_/),
    id: expect.any(String),
    tenant: slug,
    name: 'ci',
    scopes: ['events:write', 'events:read'],
    expiresAt: '2999-01-01T23:59:59.999Z',
  })
  const headers = new Headers({ authorization: `Bearer ${token.token}` })
  expect(await scopeForToken(headers)).toMatchObject({ tenantSlug: slug, principal: { id: token.id } })
  const events = await database.owner()`
    select body from events join tenants t on t.id = tenant_id where slug = ${slug} order by seq`
  const told = events.map(({ body }) => JSON.parse(body))
  expect(told.map(({ code, source, actor }) => [code, source, actor.login])).toEqual([
    ['WORKSPACE_CREATED', 'CLI', 'operator'],
    ['USER_ADDED', 'CLI', 'operator'],
    ['API_TOKEN_ADDED', 'CLI', 'operator'],
  ])

  expect((await admin(['token', 'revoke', '--tenant', slug, '--id', token.id])).code).toBe(0)
  expect(JSON.parse((await admin(['token', 'list', '--tenant', slug])).out).tokens).toMatchObject([
    { id: token.id, revokedAt: expect.any(String) },
  ])
})

test('a password from standard input signs its owner in', async () => {
  const slug = newSlug()
  const email = `${slug}@acme.example`
  const args = ['tenant', 'create', '--slug', slug, '--name', 'Acme', '--owner', email, '--password-stdin']
  const { out } = await admin(args, `${PASSWORD}\n`)
  expect(JSON.parse(out)).toMatchObject({ owner: { email }, signInUrl: null })
  expect(out).not.toContain(PASSWORD)
  await expect(signIn({ email, password: PASSWORD }, newClient())).resolves.toBeDefined()
})

test('an account that exists becomes owner only when the operator says that it is meant', async () => {
  const person = await signUpSomebody()
  const slug = newSlug()
  const args = ['tenant', 'create', '--slug', slug, '--name', 'Acme', '--owner', person.email]
  const refused = await admin(args)
  expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('--existing-account') })
  expect(refused.err.trim().split('\n')).toHaveLength(1)
  const { out } = await admin([...args, '--existing-account'])
  expect(out.trim().split('\n')).toHaveLength(1)
  expect(JSON.parse(out)).toMatchObject({ owner: { email: person.email, existing: true }, signInUrl: null })
})

test('the policy of a log comes out as the file that spoor-verify reads', async () => {
  const person = await signUpSomebody()
  const args = ['log', 'policy', '--tenant', person.workspace.slug]
  expect(await admin(args)).toMatchObject({ code: 1, out: '' })
  await sealNow()
  const { out } = await admin(args)
  expect(parsePolicy(nodePrimitives.sha256, out)).toMatchObject({ quorum: 'clock' })
})

test.each([
  [['tenant', 'explode'], 2, /There is no command "tenant explode"/],
  [['tenant', 'create', '--slug', 'acme', '--bogus'], 2, /--bogus/],
  [
    ['tenant', 'create', '--slug', 'API', '--name', 'A', '--owner', 'a@b.example'],
    2,
    /^--slug: "api" is reserved/,
  ],
  [['token', 'create', '--name', 'ci', '--scope', 'events:read'], 2, /--tenant is missing/],
  [
    ['token', 'create', '--tenant', 'nobody', '--name', 'ci', '--scope', 'events:read'],
    1,
    /no workspace nobody/,
  ],
])('%j ends with %d and one line that says what is wrong', async (args, code, message) => {
  const failed = await admin(args)
  expect(failed).toMatchObject({ code, out: '', err: expect.stringMatching(message) })
  expect(failed.err.trim().split('\n')).toHaveLength(1)
})

test('without a running instance it says how to reach one', async () => {
  const failed = await admin(['tenant', 'list'], '', { DATABASE_URL: undefined })
  expect(failed).toMatchObject({ code: 1, out: '', err: expect.stringContaining('npm start') })
})

test('the anchor log gets a witness of the operator, and the instance tells of it', async () => {
  const vkey = 'witness.example/w1+7fa6bf5b+BLqGfUSfqCnVF598M662+HOLMiP1mSMs5K94cfycEZCa'
  const set = ['anchors', 'set', '--timestamp-url', 'https://tsa.example/', '--timestamp-every', '30']
  expect(JSON.parse((await admin(set)).out)).toMatchObject({
    timestampUrl: 'https://tsa.example/',
    timestampEveryMinutes: 30,
    witness: null,
  })
  const wrong = await admin(['anchors', 'set', '--witness-url', 'https://w.example/', '--witness-vkey', vkey])
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('--witness-vkey') })
  expect(JSON.parse((await admin(['anchors', 'show'])).out)).toMatchObject({ witnessUrl: '' })
  const told = await database.owner()`select tenant_id from events where code = 'LOG_SETTINGS_CHANGED'`
  expect(told.map(({ tenant_id }) => tenant_id)).toEqual(['00000000-0000-7000-8000-000000000000'])
  expect(await database.owner()`select * from anchor_peers`).toHaveLength(1)
})
