import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { findRouteFile } from '@/lib/api/testing/route-files'
import { newMemberScope } from '@/lib/auth/testing/people'
import type { ApiRoute } from '@/lib/http/api-route'
import { createToken } from '@/lib/tokens/create'

useTestDatabase()

const LEDGER = '/api/v1/ledger'
const MATCHING = '/api/v1/matching'
let scope: TenantScope
const secrets: Record<string, string> = {}
const ids: Record<string, string> = {}

type Sent = { body?: unknown; type?: string; query?: string; id?: string; as?: string; headers?: object }

/** What the API answers to a token; `path` as OpenAPI writes it. */
async function ask(method: keyof ApiRoute, path: string, sent: Sent = {}) {
  const { body, type = 'application/json', query = '', id = '', as = 'all', headers } = sent
  const route: ApiRoute<unknown> = await import(pathToFileURL(findRouteFile(path) ?? '').href)
  const raw = typeof body === 'string' || body instanceof Uint8Array
  const request = new Request(`http://localhost${path.replace('{id}', id)}?${query}`, {
    method,
    headers: { authorization: `Bearer ${secrets[as]}`, 'content-type': type, ...headers },
    ...(body !== undefined && { body: (raw ? body : JSON.stringify(body)) as BodyInit }),
  })
  const response = await route[method](request, { params: Promise.resolve({ id }) })
  return { status: response.status, answer: await response.json() }
}

const load = (body: string | Uint8Array, query = 'type=account&mode=delta', sent: Sent = {}) =>
  ask('POST', `${LEDGER}/imports`, { body, query, type: 'text/csv', ...sent })

beforeAll(async () => {
  scope = await newMemberScope()
  const scopes = ['ledger:read', 'ledger:write', 'ledger:manage', 'events:read'] as const
  secrets.all = (await createToken(scope, { name: 'all', scopes: [...scopes] })).secret
  for (const one of scopes) secrets[one] = (await createToken(scope, { name: one, scopes: [one] })).secret
  const other = await newMemberScope()
  secrets.other = (await createToken(other, { name: 'other', scopes: [...scopes] })).secret
  const account = { type: 'account', attributes: { login: 'jdoe' } }
  ids.entity = (await ask('POST', `${LEDGER}/entities`, { body: account })).answer.id
  ids.import = (await load('login\nada\n', 'type=account&mode=delta&dryRun=true')).answer.id
  ids.rule = (await ask('GET', `${MATCHING}/rules`)).answer.rules[0].id
  ids.policy = (await ask('GET', `${MATCHING}/policies`)).answer.policies[0].id
})

describe('a file', () => {
  test('that is packed is taken, whether it says so or not', async () => {
    const packed = gzipSync('login;repository\npacked;THERE\n')
    const plain = await load(packed, undefined, { type: 'application/gzip' })
    expect(plain).toMatchObject({ status: 201, answer: { added: 1 } })
    const encoded = await load(packed, undefined, { headers: { 'content-encoding': 'gzip' } })
    expect(encoded).toMatchObject({ status: 201, answer: { added: 0, unchanged: 1 } })
  })

  test('that is JSON is taken under the same names', async () => {
    const body = { entities: [{ login: 'json', repository: 'THERE' }] }
    const loaded = await ask('POST', `${LEDGER}/imports`, { body, query: 'type=account&mode=delta' })
    expect(loaded).toMatchObject({ status: 201, answer: { rows: 1, added: 1 } })
  })

  test('that is broken is refused with each place, and nothing of it is kept', async () => {
    const before = await ask('GET', `${LEDGER}/imports`)
    const text = 'login;valid_from\nada;yesterday\nbob;2026-13-01\n'
    for (const query of ['type=account&mode=delta', 'type=account&mode=delta&dryRun=true']) {
      const { status, answer } = await load(text, query)
      expect(status).toBe(400)
      const pointers = answer.errors.map(({ pointer }: { pointer: string }) => pointer)
      expect(pointers).toEqual(['/2/valid_from', '/3/valid_from'])
    }
    expect((await ask('GET', `${LEDGER}/imports`)).answer).toEqual(before.answer)
  })

  test('that is cut off, a form, a picture or no text at all is refused', async () => {
    const packed = gzipSync('login\nada\n')
    expect((await load(packed.subarray(0, 12))).status).toBe(400)
    expect((await load('x', undefined, { type: 'multipart/form-data; boundary=x' })).status).toBe(400)
    expect((await load(Buffer.from('89504e470d0a1a0a00ff', 'hex'))).status).toBe(400)
    expect((await load('')).status).toBe(400)
    expect((await load('login\na\0b\n')).status).toBe(400)
  })

  test.each(['mode=delta', 'type=account', 'type=chair&mode=full', 'type=account&mode=delta&colour=red'])(
    'with the parameters %s is refused',
    async (query) => {
      const { status, answer } = await load('login\nada\n', query)
      expect(status).toBe(400)
      expect(answer.errors).not.toEqual([])
    },
  )
})

describe('another workspace', () => {
  test.each([
    ['GET', `${LEDGER}/entities/{id}`, 'entity'],
    ['DELETE', `${LEDGER}/entities/{id}`, 'entity'],
    ['GET', `${LEDGER}/entities/{id}/events`, 'entity'],
    ['GET', `${LEDGER}/entities/{id}/activity`, 'entity'],
    ['GET', `${LEDGER}/imports/{id}`, 'import'],
    ['POST', `${LEDGER}/imports/{id}/apply`, 'import'],
    ['DELETE', `${LEDGER}/imports/{id}`, 'import'],
    ['GET', `${MATCHING}/rules/{id}`, 'rule'],
    ['DELETE', `${MATCHING}/rules/{id}`, 'rule'],
    ['GET', `${MATCHING}/policies/{id}`, 'policy'],
    ['POST', `${MATCHING}/policies/{id}/default`, 'policy'],
  ] as const)('%s %s is not found there', async (method, path, name) => {
    expect((await ask(method, path, { id: ids[name], as: 'other' })).status).toBe(404)
    expect((await ask(method, path, { id: 'x' })).status).toBe(404)
  })
})

describe('a token', () => {
  test('that only reads changes nothing', async () => {
    const as = 'ledger:read'
    for (const path of [
      `${LEDGER}/entities`,
      `${LEDGER}/imports`,
      `${MATCHING}/rules`,
      `${MATCHING}/policies`,
    ])
      expect((await ask('POST', path, { as, body: {} })).status, path).toBe(403)
    expect((await ask('DELETE', `${LEDGER}/entities/{id}`, { as, id: ids.entity })).status).toBe(403)
    expect((await ask('PUT', `${MATCHING}/sources`, { as, body: {} })).status).toBe(403)
  })

  test('that only loads reads nothing, and sets no rule up', async () => {
    const as = 'ledger:write'
    for (const path of [`${LEDGER}/entities`, `${LEDGER}/imports`, `${LEDGER}/export`, `${MATCHING}/status`])
      expect((await ask('GET', path, { as })).status, path).toBe(403)
    expect((await ask('POST', `${MATCHING}/rules`, { as, body: {} })).status).toBe(403)
  })

  test('that may not read the trail sees no timeline', async () => {
    for (const part of ['events', 'activity']) {
      const path = `${LEDGER}/entities/{id}/${part}`
      expect((await ask('GET', path, { as: 'ledger:read', id: ids.entity })).status).toBe(403)
    }
  })
})

test('no parameter holds what cannot be stored', async () => {
  for (const query of ['q=%00', 'link=identity&linkKey=%00', 'after=%00']) {
    const { status, answer } = await ask('GET', `${LEDGER}/entities`, { query })
    expect(status, query).toBe(400)
    expect(answer.errors).toMatchObject([{ code: 'unstorable_text' }])
  }
})

test('no list goes on from a place that it did not name', async () => {
  for (const path of [`${LEDGER}/entities`, `${LEDGER}/unmatched`])
    for (const place of ['x', '99999999999999999-1', Buffer.from('chair:x').toString('base64url')])
      expect((await ask('GET', path, { query: `after=${place}` })).status, `${path} ${place}`).toBe(400)
  const timeline = { id: ids.entity, query: 'cursor=x' }
  expect((await ask('GET', `${LEDGER}/entities/{id}/events`, timeline)).status).toBe(400)
})
