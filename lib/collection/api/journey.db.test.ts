import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { findRouteFile } from '@/lib/api/testing/route-files'
import { newMemberScope } from '@/lib/auth/testing/people'
import { collectDue } from '@/lib/collection/runs/collect-due'
import { processedTarget } from '@/lib/collection/target/processed-target'
import type { ApiRoute } from '@/lib/http/api-route'
import { createToken } from '@/lib/tokens/create'
import { setAliases } from '@/lib/workspaces/set-aliases'

useTestDatabase()

const data = (name: string) => readFileSync(`e2e/data/windows-security/${name}`)
const ROWS = 6138
const COLUMNS =
  'eventid timestamp recordnumber computer clientaddress subjectsid subjectuser subjectdomain subjectlogonid outcome properties'.split(
    ' ',
  )
const SILO = '/api/v1/silos/{name}'
let secret: string

type Sent = { body?: unknown; type?: string; query?: string; name?: string; id?: string; accept?: string }

/** What the API answers to a token; `path` as OpenAPI writes it. */
async function call(method: keyof ApiRoute, path: string, sent: Sent = {}): Promise<Response> {
  const { body, type = 'application/json', query = '', accept, ...params } = sent
  const route: ApiRoute<unknown> = await import(pathToFileURL(findRouteFile(path) ?? '').href)
  const values: Record<string, string> = { name: 'windows-security', ...params }
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
  const request = new Request(`http://localhost${url}?${query}`, {
    method,
    headers: { authorization: `Bearer ${secret}`, 'content-type': type, ...(accept && { accept }) },
    ...(body !== undefined && {
      body: (type === 'application/json' ? JSON.stringify(body) : body) as BodyInit,
    }),
  })
  return route[method](request, { params: Promise.resolve(values) })
}

async function ask(status: number, method: keyof ApiRoute, path: string, sent?: Sent) {
  const response = await call(method, path, sent)
  const answer = await response.json()
  expect(response.status, JSON.stringify(answer)).toBe(status)
  return answer
}

async function collect(path: string) {
  const { id } = await ask(201, 'POST', path)
  await collectDue({ budgetMs: 60_000 })
  return ask(200, 'GET', '/api/v1/collection-runs/{id}', { id })
}

beforeAll(async () => {
  const scope = await newMemberScope()
  await setAliases(scope, { aliases: ['theshire'] })
  const scopes = ['collection:read', 'collection:write', 'collection:manage', 'events:read'] as const
  secret = (await createToken(scope, { name: 'journey', scopes: [...scopes] })).secret
})

test('with a token alone a file becomes events, and a mended mapping collects what was rejected', async () => {
  const mapping = data('eventmapping.csv').toString()
  const without4720 = mapping.replace(/^4720;.*\r?\n/m, '')
  const table = (kind: string, content: string) => ({ body: { kind, name: kind, content } })
  const { id: propertiesId } = await ask(
    201,
    'POST',
    '/api/v1/tables',
    table('properties', data('eventproperties.csv').toString()),
  )
  const misspelt = await ask(
    400,
    'POST',
    '/api/v1/tables',
    table('mapping', mapping.replace('log_whatcount', 'log_whatcout')),
  )
  expect(misspelt.detail).toContain('log_whatcount')
  const { id: mappingId } = await ask(201, 'POST', '/api/v1/tables', table('mapping', without4720))

  const step = { kind: 'processing', propertiesId, mappingId, eventIdAttribute: 'eventid' }
  const definition = {
    source: { attributes: COLUMNS },
    steps: [step],
    target: processedTarget(),
  }
  const { id: lineId } = await ask(201, 'POST', '/api/v1/lines', { body: { name: 'Windows', definition } })
  await ask(201, 'POST', '/api/v1/silos', { body: { name: 'windows-security', lineId } })

  const file = { body: data('security.csv.gz'), type: 'application/gzip', query: 'name=security.csv.gz' }
  const uploaded = await ask(201, 'POST', `${SILO}/files`, file)
  expect(uploaded).toMatchObject({ duplicate: false, file: { name: 'security.csv', state: 'new' } })
  const again = await ask(200, 'POST', `${SILO}/files`, { ...file, query: 'name=other.csv' })
  expect(again).toMatchObject({ duplicate: true, file: { id: uploaded.file.id } })

  const tried = await ask(200, 'POST', `${SILO}/dry-run`, { body: {} })
  expect(tried).toMatchObject({ isWhole: true, counts: { rows: ROWS, collected: ROWS - 1, rejected: 1 } })
  expect(tried.events).toHaveLength(50)

  expect(await collect(`${SILO}/runs`)).toMatchObject({
    ...{ state: 'finished', rows: ROWS, collected: ROWS - 1, rejected: 1 },
    versions: { tables: [{ name: 'mapping', version: 1 }, { name: 'properties' }] },
  })
  const { rejects } = await ask(200, 'GET', `${SILO}/rejects`, { query: 'state=open' })
  expect(rejects).toMatchObject([{ code: 'unknown_event_id', column: 'eventid', value: '4720' }])
  const csv = await (await call('GET', `${SILO}/rejects`, { accept: 'text/csv' })).text()
  expect(csv.split('\r\n')[1]).toContain(`security.csv,${rejects[0].line},eventid,4720,`)

  const mended = { id: mappingId, body: mapping, type: 'text/csv' }
  expect(await ask(200, 'PUT', '/api/v1/tables/{id}/content', mended)).toMatchObject({ version: 2 })
  expect(await collect(`${SILO}/rejects/collect`)).toMatchObject({ rows: 1, collected: 1, rejected: 0 })
  expect(await collect(`${SILO}/runs`)).toMatchObject({ state: 'finished', rows: 0 })

  const { value } = await ask(200, 'GET', '/api/v1/events/count', { query: 'type=securityadmin' })
  expect(value).toBe(ROWS)
  const { events } = await ask(200, 'GET', '/api/v1/events', { query: 'code=MS-4720&fields=target' })
  expect(events).toMatchObject([
    {
      ...{ whologin: 'pgustavo', whorepository: 'THESHIRE', whatoldvalue: '0x0', whatnewvalue: '0x15' },
      ...{ whatdisplaylabel: 'A user account was created: backdoor', whattargettype: 'account' },
    },
  ])
  expect(events[0].whatdata).toMatch(/^ TargetUserName: backdoor$/m)
}, 60_000)
