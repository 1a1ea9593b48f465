import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { policyOf, sealNow } from '@/lib/integrity/testing/seal-now'
import { verifyText } from '@/lib/integrity/testing/verify-lines'
import { createToken } from '@/lib/tokens/create'
import { listEvents } from '@/lib/trail/list'
import { newTokenClient, someEvent, type TokenClient } from '@/lib/trail/testing/token-client'
import { frontLaneListeners, laneKey } from '@/scripts/front-lane-listeners'
import { parseEvidenceQuery } from './parse-evidence-request'

const database = useTestDatabase()
let client: TokenClient
let server: Server
let url: string

/** The server's own listeners on loopback: only there a connection can break. */
beforeAll(async () => {
  const lane = frontLaneListeners()
  server = createServer((request, response) => void lane.get(laneKey(request))?.(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/evidence`
  client = await newTokenClient()
  for (let i = 0; i < 5; i++)
    await client.post({ events: Array.from({ length: 900 }, (_, n) => someEvent({ data: { n } })) })
  await client.post({ events: [someEvent({ type: 'rare' })] })
  await sealNow()
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

function ask(body?: unknown, { query = '', token = client.secret, headers = {} } = {}): Promise<Response> {
  return fetch(`${url}${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

const verify = async (text: string) => verifyText(text, { policy: await policyOf(client.scope) })

async function evidenceEvents() {
  const code = { include: ['EVIDENCE_EXPORT_STARTED', 'EVIDENCE_EXPORTED'], exclude: [] }
  const { events } = await listEvents(client.scope, { code }, { order: 'desc', limit: 2 })
  return events.map(({ code: name, status, data }) => ({ code: name, status, ...(data?.evidence as object) }))
}

test('a token takes a complete range as a named file, and the trail tells of it', async () => {
  const response = await ask({ from: 1, to: 3000 })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/jsonl')
  expect(response.headers.get('content-disposition')).toMatch(
    /^attachment; filename="w-.*-evidence-1-3000\.jsonl"$/,
  )
  expect(await verify(await response.text())).toMatchObject({ complete: { from: 1, to: 3000 } })
  await vi.waitFor(async () =>
    expect(await evidenceEvents()).toMatchObject([
      { code: 'EVIDENCE_EXPORTED', status: 'success', from: 1, to: 3000, events: 2999, outcome: 'finished' },
      { code: 'EVIDENCE_EXPORT_STARTED', from: 1, to: 3000 },
    ]),
  )
})

test('without a body and a filter it is all that is sealed; with a filter what passes', async () => {
  expect(await verify(await (await ask()).text())).toMatchObject({ complete: { from: 0 } })
  const some = await ask(undefined, { query: '?type=rare&since=0' })
  expect(await verify(await some.text())).toMatchObject({ single: 1, continues: [0] })
  const since = await ask({ to: 2, since: 0 })
  expect(await verify(await since.text())).toMatchObject({ complete: { from: 0, to: 2 }, continues: [0] })
})

test('it is compressed for who takes gzip', async () => {
  const plain = await ask({ to: 500 }, { headers: { 'accept-encoding': 'identity' } })
  expect(plain.headers.get('content-encoding')).toBeNull()
  const packed = await ask({ to: 500 }, { headers: { 'accept-encoding': 'gzip' } })
  expect(packed.headers.get('content-encoding')).toBe('gzip')
  const strip = (text: string) => text.slice(text.indexOf('\n'))
  expect(strip(await packed.text())).toBe(strip(await plain.text()))
})

test.each([
  ['a range beyond the seal', { to: 1_000_000 }, {}, 409],
  ['an unknown id', { ids: ['019a9d0c-0000-7000-8000-000000000000'] }, {}, 404],
  ['a range and ids', { from: 0, ids: ['019a9d0c-0000-7000-8000-000000000000'] }, {}, 400],
  ['no id', { ids: [] }, {}, 400],
  ['an unknown member', { form: 1 }, {}, 400],
  ['a body and a filter', { from: 0 }, { query: '?type=rare' }, 400],
  ['an unknown parameter', undefined, { query: '?typ=rare' }, 400],
  ['a filter that nothing passes', undefined, { query: '?type=none' }, 404],
  ['no token', {}, { token: 'spoor_none' }, 401],
])('%s is a problem before the first byte', async (_, body, options, status) => {
  const response = await ask(body, options)
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
})

test('a token that may only write takes nothing', async () => {
  const { secret } = await createToken(client.scope, { name: 'writer', scopes: ['events:write'] })
  expect((await ask({ from: 0 }, { token: secret })).status).toBe(403)
})

test('an error in the middle breaks the connection, packed or not, and the trail says broken', async () => {
  await database.owner().begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`delete from events where tenant_id = ${client.scope.tenantId} and seq = 4000`
  })
  for (const encoding of ['identity', 'gzip']) {
    const response = await ask({}, { headers: { 'accept-encoding': encoding } })
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
    await vi.waitFor(async () =>
      expect((await evidenceEvents())[0]).toMatchObject({ status: 'fail', outcome: 'broken' }),
    )
  }
})

test("the console's query: places name a range, moments and all else a filter", () => {
  const parse = (query: string) => parseEvidenceQuery(new URLSearchParams(query))
  expect(parse('')).toEqual({ selection: { kind: 'range' }, since: [] })
  expect(parse('from=5&to=10&since=3')).toEqual({ selection: { kind: 'range', from: 5, to: 10 }, since: [3] })
  expect(parse('from=5&to=')).toEqual({ selection: { kind: 'range', from: 5 }, since: [] })
  expect(parse('from=-24h')).toMatchObject({ selection: { kind: 'filter', filter: { from: '-24h' } } })
  expect(parse('type=a&since=note')).toMatchObject({ selection: { kind: 'filter' }, since: ['note'] })
  expect(() => parse('from=5&type=a')).toThrow('from')
  expect(() => parse('nonsense=1')).toThrow('nonsense')
})
