import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { inTurn } from '@/lib/access/tenant-turns'
import { purgeTokens } from '@/lib/access/token-cache'
import { newMemberScope } from '@/lib/auth/testing/people'
import { whileArriving } from '@/lib/collection/files/arrivals'
import { eraseValues } from '@/lib/erasure/erase-values'
import { placeHold } from '@/lib/holds/place'
import { releaseHold } from '@/lib/holds/release'
import type { ApiRoute } from '@/lib/http/api-route'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { createToken } from '@/lib/tokens/create'
import { TOKEN_SCOPE_NAMES } from '@/lib/tokens/token-scopes'
import type { Operation } from './operation'
import { OPERATIONS } from './operations'
import { collectionProvocations } from './testing/collection-provocations'
import { destinationProvocations, makeWalked, type Walked } from './testing/destination-provocations'
import { documentedStatuses, findDeviations } from './testing/document-check'
import { ledgerProvocations } from './testing/ledger-provocations'
import { JSON_TYPE, LARGE, type Provocation, type Provocations, type Sent, send } from './testing/provocation'
import { findRouteFile } from './testing/route-files'
import { makeWalkedCollection, type WalkedCollection } from './testing/walked-collection'
import { makeWalkedLedger, type WalkedLedger } from './testing/walked-ledger'

const database = useTestDatabase()
let tenantId: string
let token: string
/** Tokens without what an operation wants. */
let powerless: { destinations: string; others: string }
let eventId: string
let unsealedId: string
let erasureId: string
let holdId: string
let walked: Record<'forwarding' | 'channel', Walked>
let collection: WalkedCollection
let ledger: WalkedLedger

const event = { type: 'test', action: 'tried', actor: { login: 'ada', ip: '203.0.113.9' }, data: { a: [1] } }
const known = { ...event, dataSource: 'walk', externalRef: 'known' }

const WRONG: Sent = { query: 'lvl=info' }
const READING: Provocations = { 200: { query: 'type=test' }, 400: WRONG }

const FORWARDING = destinationProvocations('forwarding', () => walked.forwarding)
const CHANNELS = destinationProvocations('channel', () => walked.channel)
const SEARCHES = [
  ...['previewDestination', 'previewChannel', 'estimateChannel'],
  ...['getMatchingStatus', 'listUnmatched', 'readTimeline', 'countActivity', 'listSources', 'explainMatch'],
]
/** Only so many may search a trail at a time. */
const isSearch = (id: string, own: Provocations) =>
  [READING, FORWARDING.searched, CHANNELS.searched].includes(own) || SEARCHES.includes(id)
/** Nothing is read but who asks. */
const READ_NOTHING = [
  ...['listDestinationKinds', 'listChannelKinds', 'listChannelPresets'],
  ...['makeTableTemplate', 'testOrigin'],
]

const HEC: Provocations = {
  400: { body: '{"fields":{}}' },
  413: { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(20 * 1024 * 1024, ' ')) },
  415: { headers: { 'content-encoding': 'br' }, body: 'x' },
}

/** What the operation's own statuses need; those that all share are made below. */
const PROVOCATIONS: Record<string, Provocations> = {
  sendEvents: {
    201: send(event),
    200: [send(known), send(known)],
    207: send({ events: [event, { type: 1 }] }),
    400: { headers: JSON_TYPE, body: '{' },
    413: send({ events: Array.from({ length: 1001 }, () => event) }),
    415: { headers: { 'content-type': 'text/plain' }, body: 'hello' },
    422: send({ type: 1 }),
  },
  listEvents: READING,
  getEvent: {
    200: {},
    400: { query: 'fields=none' },
    404: { path: { id: '019a9d0c-0000-7000-8000-000000000000' } },
  },
  countEvents: READING,
  readFacets: READING,
  readEntityFacets: READING,
  readHistogram: READING,
  exportEvents: {
    ...READING,
    // Each of them waits for a reader.
    429: Array.from({ length: 4 }, () => ({})),
  },
  followEvents: { ...READING, 429: Array.from({ length: 26 }, () => ({})) },
  getLog: { 200: {} },
  getCheckpoint: { 200: {} },
  listCheckpoints: { 200: {}, 400: { query: 'at=yesterday' } },
  getLogKeys: { 200: {}, 400: { query: 'format=pem' }, 404: { query: 'format=policy&epoch=9' } },
  proveInclusion: { 200: { query: 'seq=0' }, 400: {}, 404: { query: 'seq=99999' } },
  proveConsistency: { 200: { query: 'from=1' }, 400: {}, 404: { query: 'from=99999' } },
  getEventProof: {
    200: {},
    404: { path: { id: '019a9d0c-0000-7000-8000-000000000000' } },
    409: {
      get path() {
        return { id: unsealedId }
      },
    },
  },
  exportEvidence: {
    200: { headers: JSON_TYPE, body: '{"from":0}' },
    400: { headers: JSON_TYPE, body: '{' },
    404: { query: 'type=none' },
    409: { headers: JSON_TYPE, body: '{"to":99999}' },
    413: { headers: JSON_TYPE, body: ' '.repeat(11 * 1024 * 1024) },
    // Each of them waits for a reader.
    429: Array.from({ length: 4 }, () => ({})),
  },
  getTimestamp: {
    200: { path: { size: '0' } },
    400: { path: { size: 'all' } },
    404: { path: { size: '99999' } },
  },
  getLogSettings: { 200: {} },
  setLogSettings: {
    200: { headers: JSON_TYPE, body: '{"checkpointPublic":true}' },
    400: { headers: JSON_TYPE, body: '{"witnessUrl":"http://127.0.0.1:1/"}' },
    413: { headers: JSON_TYPE, body: ' '.repeat(11 * 1024 * 1024) },
  },
  eraseValues: {
    200: {
      headers: JSON_TYPE,
      get body() {
        return JSON.stringify({ eventId, pointers: ['/actor/ip'], reasonCode: 'other' })
      },
    },
    202: { headers: JSON_TYPE, body: '{"actor":["nobody"],"reasonCode":"other"}' },
    400: { headers: JSON_TYPE, body: '{"actor":["x"]}' },
    404: { headers: JSON_TYPE, body: '{"seqs":[99999],"pointers":[""],"reasonCode":"other"}' },
    409: {
      headers: JSON_TYPE,
      get body() {
        return JSON.stringify({ eventId: unsealedId, pointers: [''], reasonCode: 'other' })
      },
    },
    413: LARGE,
  },
  listErasures: { 200: {} },
  getErasure: {
    200: {
      get path() {
        return { id: erasureId }
      },
    },
    404: {},
  },
  getRetention: { 200: {} },
  setRetention: {
    200: { headers: JSON_TYPE, body: '{"days":365,"types":[{"type":"test","days":30}],"reason":"policy"}' },
    400: { headers: JSON_TYPE, body: '{"days":0,"reason":"policy"}' },
    413: LARGE,
  },
  listHolds: { 200: {} },
  placeHold: {
    201: { headers: JSON_TYPE, body: '{"reason":"Case 4711","until":"2999-01-01T00:00:00Z"}' },
    400: { headers: JSON_TYPE, body: '{"reason":"Case 4711","until":"1999-01-01T00:00:00Z"}' },
    413: LARGE,
  },
  releaseHold: {
    200: {
      headers: JSON_TYPE,
      body: '{"reason":"settled"}',
      get path() {
        return { id: holdId }
      },
    },
    400: { headers: JSON_TYPE, body: '{}' },
    404: { headers: JSON_TYPE, body: '{"reason":"settled"}' },
    413: LARGE,
  },
  ...FORWARDING.all,
  ...CHANNELS.all,
  ...collectionProvocations(() => collection),
  ...ledgerProvocations(() => ledger),
  readOpenApi: { 200: {} },
  sendHecEvents: { ...HEC, 200: { body: '{"event":"tried"}{"event":{"user":"ada"}}' } },
  sendHecLines: { ...HEC, 400: { body: '' }, 200: { body: 'one line\nanother' } },
  readHecHealth: { 200: {}, 400: { headers: { authorization: 'Splunk spoor_x' } }, 503: {} },
  readHecAcks: { 400: { body: '{"acks":[0]}' } },
  exportLogs: {
    200: send({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'tried' } }, {}] }] }] }),
    400: { headers: JSON_TYPE, body: '{' },
    413: { headers: JSON_TYPE, body: ' '.repeat(11 * 1024 * 1024) },
    415: { headers: { 'content-type': 'text/plain' }, body: 'hello' },
  },
}

beforeAll(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.2/32')
  const scope = await newMemberScope()
  tenantId = scope.tenantId
  token = (
    await createToken(scope, {
      name: 'walk',
      scopes: [...TOKEN_SCOPE_NAMES],
    })
  ).secret
  powerless = {
    destinations: (await createToken(scope, { name: 'none', scopes: ['events:write'] })).secret,
    others: (await createToken(scope, { name: 'none', scopes: ['destinations:read'] })).secret,
  }
  const { secret } = await createToken(scope, { name: 'setup', scopes: ['events:write'] })
  const { eventsRoute } = await import('@/lib/trail/events-route')
  const post = async (events: unknown[]): Promise<string> => {
    const headers = { authorization: `Bearer ${secret}`, ...JSON_TYPE }
    const body = JSON.stringify({ events })
    const url = 'http://localhost/api/v1/events'
    const answer = await eventsRoute.POST(new Request(url, { method: 'POST', headers, body }), undefined)
    return (await answer.json()).results[0].id
  }
  eventId = await post([event, { ...event, level: 'error', targets: [{ name: 'x' }] }])
  await sealNow()
  erasureId = (await eraseValues(scope, { eventId, pointers: ['/type'], reasonCode: 'other' })).id
  holdId = (await placeHold(scope, { reason: 'Case 1' })).id
  await releaseHold(scope, { id: holdId, reason: 'settled' })
  walked = { forwarding: await makeWalked(scope, 'forwarding'), channel: await makeWalked(scope, 'channel') }
  collection = await makeWalkedCollection(scope, database.owner())
  ledger = await makeWalkedLedger(scope)
  await sealNow()
  unsealedId = await post([event])
  const stamp = { response: 'MAA=', time: '2026-11-20T22:38:00.000Z' }
  await database.owner()`insert into log_anchors (tenant_id, epoch, size, kind, name, data)
    values (${tenantId}, 0, 0, 'rfc3161', 'tsa.example', ${database.owner().json(stamp)})`
})

async function call(
  { path, method, schemes: [scheme = 'bearer'] = [] }: Operation,
  sent: Sent,
  secret: string | undefined,
): Promise<Response> {
  const route: ApiRoute<unknown> = await import(pathToFileURL(findRouteFile(path) ?? '').href)
  const values: Record<string, string> = { id: eventId, ...sent.path }
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
  const kind = scheme === 'splunk' ? 'Splunk' : 'Bearer'
  const headers = { ...(secret && { authorization: `${kind} ${secret}` }), ...sent.headers }
  const request = new Request(`http://localhost${url}?${sent.query ?? ''}`, {
    method,
    headers,
    ...(sent.body !== undefined && method !== 'DELETE' && { body: sent.body as BodyInit }),
  })
  return route[method as keyof ApiRoute](request, { params: Promise.resolve(values) })
}

async function provoke(operation: Operation, provocation: Provocation): Promise<Response> {
  const answers: Response[] = []
  for (const sent of [provocation].flat())
    answers.push(await call(operation, sent, operation.permission && token))
  const last = answers.pop() as Response
  await Promise.all(answers.map(({ body }) => body?.cancel()))
  return last
}

const operation = (wanted: string) => OPERATIONS.find(({ id }) => id === wanted) as Operation

/** One that the database can't answer: another one, which doesn't run. */
async function withoutDatabase<T>(run: () => Promise<T>): Promise<T> {
  vi.stubEnv('DATABASE_URL', 'postgres://nobody@127.0.0.1:1/none')
  try {
    return await run()
  } finally {
    vi.stubEnv('DATABASE_URL', database.url())
  }
}

/** While as many search the trail as may, and wait to. */
async function inCrowd<T>(run: () => Promise<T>): Promise<T> {
  let leave = () => {}
  const left = new Promise<void>((resolve) => {
    leave = resolve
  })
  const crowd = Array.from({ length: 104 }, () => inTurn(tenantId, () => left))
  try {
    return await run()
  } finally {
    leave()
    await Promise.all(crowd)
  }
}

/** While as many files arrive as may. */
async function inArrivals<T>(run: () => Promise<T>): Promise<T> {
  let leave = () => {}
  const left = new Promise<void>((resolve) => {
    leave = resolve
  })
  const others = Array.from({ length: 8 }, () => whileArriving(tenantId, () => left))
  try {
    return await run()
  } finally {
    leave()
    await Promise.all(others)
  }
}

test.each(OPERATIONS)('$method $path answers as the document says', async (operation) => {
  const { id, path, method, permission } = operation
  const own = PROVOCATIONS[id] ?? {}
  const good = [own[200] ?? own[201] ?? own[400] ?? {}].flat()[0] ?? {}
  const answers = new Map<number, () => Promise<Response>>()
  for (const [status, provocation] of Object.entries(own))
    answers.set(Number(status), () => provoke(operation, provocation))
  if (permission) {
    answers.set(401, () => call(operation, good, undefined))
    const without = permission.startsWith('destinations') ? powerless.destinations : powerless.others
    answers.set(403, () => call(operation, good, without))
    answers.set(405, () => call({ ...operation, method: 'PATCH' as Operation['method'] }, good, token))
  }
  if (isSearch(id, own)) answers.set(429, () => inCrowd(() => call(operation, good, token)))
  if (id === 'uploadFile') answers.set(429, () => inArrivals(() => call(operation, good, token)))
  if (permission || own[503]) {
    answers.set(503, () => {
      // Where nothing is read or written, only the token has to be looked up.
      if (!own[200] || READ_NOTHING.includes(id)) purgeTokens()
      return withoutDatabase(() => call(operation, good, permission && token))
    })
  }
  expect([...answers.keys()].sort()).toEqual(documentedStatuses(path, method).sort())
  for (const [status, answer] of answers) {
    const response = await answer()
    expect(response.status, `${method} ${path}`).toBe(status)
    expect(await findDeviations(path, method, response), `${status}`).toEqual([])
    if (response.body && !response.bodyUsed) await response.body.cancel()
  }
})

/** All that name a destination or a channel. */
const NAMING = OPERATIONS.filter(({ path }) => /^\/api\/v1\/(destinations|channels)\/\{id\}/.test(path))

test.each(NAMING)('$method $path does not find an id of the other role', async (operation) => {
  const own = PROVOCATIONS[operation.id] ?? {}
  const { headers, body } = [own[200] ?? own[201] ?? {}].flat()[0] ?? {}
  const { running: id, replay } = walked[operation.tag === 'Channels' ? 'forwarding' : 'channel']
  const response = await call(operation, { headers, body, path: { id, replay } }, token)
  expect(response.status).toBe(404)
  expect(await findDeviations(operation.path, operation.method, response)).toEqual([])
})

test.each(
  ['ndjson', 'json', 'csv'].flatMap((format) => [`format=${format}`, `format=${format}&fields=target`]),
)('an export with %s has a documented form', async (query) => {
  const response = await call(operation('exportEvents'), { query }, token)
  expect(await findDeviations('/api/v1/events/export', 'GET', response)).toEqual([])
})
