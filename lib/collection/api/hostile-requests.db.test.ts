import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { findRouteFile } from '@/lib/api/testing/route-files'
import { DEFINITION, LOOKUP } from '@/lib/api/testing/walked-collection'
import { newMemberScope } from '@/lib/auth/testing/people'
import { receiveFile } from '@/lib/collection/files/receive'
import { inParts, newSilo } from '@/lib/collection/silos/testing/new-silo'
import type { ApiRoute } from '@/lib/http/api-route'
import { createToken } from '@/lib/tokens/create'

const database = useTestDatabase()

const SILO = '/api/v1/silos/{name}'
const CSV = 'at;login;what\n20260101000000;jdoe;entered\n'
let scope: TenantScope
let silo: string
let file: string
const secrets: Record<string, string> = {}
const ids: Record<string, string> = {}

type Sent = { body?: unknown; query?: string; params?: Record<string, string>; as?: string }

/** What the API answers to a token; `path` as OpenAPI writes it. */
async function ask(method: keyof ApiRoute, path: string, sent: Sent = {}) {
  const { body, query = '', params = {}, as = 'all' } = sent
  const route: ApiRoute<unknown> = await import(pathToFileURL(findRouteFile(path) ?? '').href)
  const values: Record<string, string> = { name: silo, id: file, ...params }
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
  const request = new Request(`http://localhost${url}?${query}`, {
    method,
    headers: { authorization: `Bearer ${secrets[as]}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const response = await route[method](request, { params: Promise.resolve(values) })
  return { status: response.status, answer: await response.json() }
}

beforeAll(async () => {
  scope = await newMemberScope()
  const scopes = ['collection:read', 'collection:write', 'collection:manage'] as const
  secrets.all = (await createToken(scope, { name: 'all', scopes: [...scopes] })).secret
  for (const one of scopes) secrets[one] = (await createToken(scope, { name: one, scopes: [one] })).secret
  const line = await ask('POST', '/api/v1/lines', { body: { name: 'line', definition: DEFINITION } })
  ids.line = line.answer.id
  silo = (await newSilo(scope, { lineId: ids.line })).name
  file = (await receiveFile(scope, { silo, name: 'a.csv', bytes: inParts(CSV) })).file.id
  ids.table = (await ask('POST', '/api/v1/tables', { body: { ...LOOKUP, name: 'table' } })).answer.id
  ids.plan = (await ask('POST', '/api/v1/plans', { body: { name: 'plan', silos: [silo] } })).answer.id
})

const cursor = (text: string) => `after=${Buffer.from(text).toString('base64url')}`
const DASHES = '-'.repeat(36)
const LISTS: [string, () => string][] = [
  [`${SILO}/files`, () => file],
  [`${SILO}/runs`, () => file],
  ['/api/v1/collection-runs', () => file],
  ['/api/v1/plans/{id}/executions', () => ids.plan ?? ''],
]

describe('what no list gave', () => {
  test.each(LISTS)('%s goes on from no place that it did not name', async (path, id) => {
    for (const place of [`1:${DASHES}`, `999999999999999:${file}`, 'x']) {
      const { status } = await ask('GET', path, { query: cursor(place), params: { id: id() } })
      expect(status, place).toBe(400)
    }
  })

  test('rejects go on from no place that they did not name', async () => {
    const { status } = await ask('GET', `${SILO}/rejects`, { query: cursor(`${DASHES}:1`) })
    expect(status).toBe(400)
  })
})

describe('texts that no store keeps', () => {
  test.each(['a\0b', '\ud800'])('name no silo: %j', async (name) => {
    for (const path of [SILO, `${SILO}/files`, `${SILO}/runs`, `${SILO}/rejects`]) {
      const { status } = await ask('GET', path, { params: { name: name.toWellFormed() } })
      expect(status, path).toBe(404)
    }
    expect((await ask('GET', '/api/v1/collection-runs', { query: 'silo=a%00b' })).status).toBe(400)
    const { status } = await ask('POST', '/api/v1/plans', { body: { name: 'x', silos: [name] } })
    expect(status).toBe(400)
  })
})

test.each(['lines', 'tables'])(
  'a version of %s that no number of the store reaches is not there',
  async (kind) => {
    const id = ids[kind.slice(0, -1)] ?? ''
    const { status } = await ask('GET', `/api/v1/${kind}/{id}`, {
      query: 'version=99999999999',
      params: { id },
    })
    expect(status).toBe(404)
  },
)

describe('a token', () => {
  test('that may only hand files over reads nothing of them', async () => {
    const as = 'collection:write'
    const from = [
      `${SILO}/files/{id}`,
      `${SILO}/files/{id}/content`,
      `${SILO}/files/{id}/sample`,
      `${SILO}/rejects`,
      SILO,
    ]
    for (const path of from) expect((await ask('GET', path, { as })).status, path).toBe(403)
    for (const body of [{}, { fileId: file }, { content: CSV }])
      expect((await ask('POST', `${SILO}/dry-run`, { as, body })).status).toBe(403)
  })

  test('that only reads changes and tries nothing', async () => {
    const as = 'collection:read'
    for (const path of [
      `${SILO}/runs`,
      `${SILO}/files`,
      `${SILO}/rejects/collect`,
      '/api/v1/lines',
      '/api/v1/silos',
    ])
      expect((await ask('POST', path, { as, body: {} })).status, path).toBe(403)
    expect((await ask('DELETE', SILO, { as })).status).toBe(403)
  })
})

test('a dry run without a file takes the first that has content', async () => {
  await database.owner()`insert into silo_files (tenant_id, id, silo_id, name, state, received_by, forgotten_at)
    select tenant_id, gen_random_uuid(), id, '0-unreadable.csv', 'failed', 'upload', now()
    from silos where tenant_id = ${scope.tenantId} and name = ${silo}`
  const { status, answer } = await ask('POST', `${SILO}/dry-run`, { body: {} })
  expect(status, JSON.stringify(answer)).toBe(200)
  expect(answer.file).toEqual({ id: file, name: 'a.csv' })
})
