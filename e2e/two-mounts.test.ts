import { gzipSync } from 'node:zlib'
import { startNextServer } from './fixtures/next-server'
import { createTenant } from './fixtures/operator'
import { type RawAnswer, type RawRequest, sendRaw } from './fixtures/raw-request'
import { expect, test } from './fixtures/test'

const JSON_TYPE = { 'content-type': 'application/json' }
const LINES_TYPE = { 'content-type': 'application/x-ndjson' }
const event = (more: object = {}) => ({
  type: 'mount',
  action: 'tried',
  occurredAt: '2026-11-20T00:00:00Z',
  ...more,
})
const known = event({ dataSource: 'mounts', externalRef: 'known' })

type Case = {
  name: string
  method?: string
  path?: string
  headers?: Record<string, string>
  body?: Buffer | string
}

const CASES: Case[] = [
  { name: 'one event', headers: JSON_TYPE, body: JSON.stringify(event()) },
  { name: 'an event that is known already', headers: JSON_TYPE, body: JSON.stringify(known) },
  { name: 'many events', headers: JSON_TYPE, body: JSON.stringify({ events: [event(), event(), known] }) },
  { name: 'some rejected', headers: JSON_TYPE, body: JSON.stringify({ events: [event(), { type: 1 }] }) },
  { name: 'all rejected', headers: JSON_TYPE, body: JSON.stringify({ events: [{ actoin: 'x' }] }) },
  { name: 'lines', headers: LINES_TYPE, body: `${JSON.stringify(event())}\nnonsense\n` },
  { name: 'many lines', headers: LINES_TYPE, body: `${JSON.stringify(event())}\n`.repeat(1200) },
  {
    name: 'gzip',
    headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
    body: gzipSync(JSON.stringify(event())),
  },
  { name: 'broken gzip', headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: 'no gzip' },
  { name: 'no JSON', headers: JSON_TYPE, body: '{"type":' },
  { name: 'wrong type', headers: { 'content-type': 'text/plain' }, body: 'hello' },
  { name: 'wrong token', headers: { ...JSON_TYPE, authorization: 'Bearer spoor_x' }, body: '{}' },
  { name: 'wrong method', method: 'PUT', headers: JSON_TYPE, body: '{}' },
  { name: 'options', method: 'OPTIONS' },
  { name: 'reading', method: 'GET', path: '?type=mount&limit=2&order=asc' },
  { name: 'reading the head', method: 'HEAD', path: '?type=mount&limit=1' },
  { name: 'counting', method: 'GET', path: '/count?type=mount' },
  { name: 'facets', method: 'GET', path: '/facets?type=mount&facet=type&facet=level' },
  { name: 'exporting', method: 'GET', path: '/export?type=mount&format=json' },
  { name: 'exporting in a wrong form', method: 'GET', path: '/export?format=xml' },
  { name: 'reading with a wrong filter', method: 'GET', path: '?lvl=info' },
]

/** What may differ between two answers to the same request: names given anew, and the place in the trail. */
function comparable({ status, headers, text }: RawAnswer) {
  const steady = text
    .replaceAll(/"(id|leafHash|reference|receivedAt|next|prev|origin)":"[^"]*"/g, '"$1":"…"')
    .replaceAll(/"seq":\d+/g, '"seq":0')
  const { 'content-type': type, allow, 'cache-control': cache, 'www-authenticate': authenticate } = headers
  return { status, type, allow, cache, authenticate, text: steady }
}

test('the front lane and the Next route are one handler: they answer every request alike', async ({
  spoor,
}) => {
  test.setTimeout(120_000)
  const { token } = await createTenant(spoor.dataDir, 'mounts')
  const authorization = `Bearer ${token}`
  await sendRaw(
    spoor.url,
    toRaw({ name: 'known', headers: JSON_TYPE, body: JSON.stringify(known) }, authorization),
  )
  const nextServer = await startNextServer(spoor.dataDir)
  try {
    for (const one of CASES) {
      const request = toRaw(one, authorization)
      const byLane = comparable(await sendRaw(spoor.url, request))
      const byNext = comparable(await sendRaw(nextServer.url, request))
      expect(byNext, one.name).toEqual(byLane)
    }
  } finally {
    await nextServer.end()
  }
})

function toRaw({ method = 'POST', path = '', headers = {}, body }: Case, authorization: string): RawRequest {
  const bytes = body === undefined ? undefined : Buffer.from(body)
  return {
    method,
    path: `/api/v1/events${path}`,
    headers: { authorization, ...headers, ...(bytes && { 'content-length': String(bytes.length) }) },
    ...(bytes && { body: bytes }),
  }
}
