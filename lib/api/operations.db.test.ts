import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { inTurn } from '@/lib/access/tenant-turns'
import { purgeTokens } from '@/lib/access/token-cache'
import { newMemberScope } from '@/lib/auth/testing/people'
import { eraseValues } from '@/lib/erasure/erase-values'
import { createDestination } from '@/lib/forwarding/create'
import { createDestinationSchema } from '@/lib/forwarding/input'
import { pauseDestination } from '@/lib/forwarding/pause'
import { removeDestination } from '@/lib/forwarding/remove'
import { replayEvents } from '@/lib/forwarding/replay-events'
import { skipEvents } from '@/lib/forwarding/skip-events'
import { placeHold } from '@/lib/holds/place'
import { releaseHold } from '@/lib/holds/release'
import type { ApiRoute } from '@/lib/http/api-route'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { createToken } from '@/lib/tokens/create'
import { TOKEN_SCOPE_NAMES } from '@/lib/tokens/token-scopes'
import type { Operation } from './operation'
import { OPERATIONS } from './operations'
import { documentedStatuses, findDeviations } from './testing/document-check'
import { findRouteFile } from './testing/route-files'

type Sent = {
  query?: string
  headers?: Record<string, string>
  body?: string | Buffer
  path?: Record<string, string>
}
/** How to provoke a status; a list is sent in order, and the last answer is the one that counts. */
type Provocation = Sent | Sent[]

const database = useTestDatabase()
let tenantId: string
let token: string
/** Tokens without what an operation wants. */
let powerless: { destinations: string; others: string }
let eventId: string
let unsealedId: string
let erasureId: string
let holdId: string
/** One that is paused, one that runs, one to be removed, and one that was. */
let pausedId: string
let runningId: string
let doomedId: string
let removedId: string
let replayId: string

const JSON_TYPE = { 'content-type': 'application/json' }
const LARGE = { headers: JSON_TYPE, body: ' '.repeat(11 * 1024 * 1024) }
const send = (events: unknown) => ({ headers: JSON_TYPE, body: JSON.stringify(events) })
const event = { type: 'test', action: 'tried', actor: { login: 'ada', ip: '203.0.113.9' }, data: { a: [1] } }
const known = { ...event, dataSource: 'walk', externalRef: 'known' }

const WRONG: Sent = { query: 'lvl=info' }
const READING = { 200: { query: 'type=test' }, 400: WRONG }

/** Allowed below; nobody listens there. */
const RECEIVER = { kind: 'http', url: 'http://127.0.0.2:1024/in' }

/** At a destination, which there is only when the test runs. */
const at = (id: () => string, sent: Sent = {}): Sent => ({
  ...sent,
  get path() {
    return { id: id(), replay: replayId }
  },
})
const paused = () => pausedId
const running = () => runningId
const nowhere = () => '019a9d0c-0000-7000-8000-000000000000'
const PAGE = {
  200: at(running, { query: 'limit=1' }),
  400: at(running, { query: 'cursor=x' }),
  404: at(nowhere),
}
/** Pages that search the trail, which only so many may at a time. */
const SEARCHED = { ...PAGE }

const HEC: Record<number, Provocation> = {
  400: { body: '{"fields":{}}' },
  413: { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(20 * 1024 * 1024, ' ')) },
  415: { headers: { 'content-encoding': 'br' }, body: 'x' },
}

/** What the operation's own statuses need; those that all share are made below. */
const PROVOCATIONS: Record<string, Record<number, Provocation>> = {
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
    404: { path: { id: '019a9d0c-0000-7000-8000-000000000000' } },
  },
  countEvents: READING,
  readFacets: READING,
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
  listDestinationKinds: { 200: {} },
  listDestinations: { 200: {} },
  createDestination: { 201: send(RECEIVER), 400: send({ kind: 'pigeon' }), 413: LARGE },
  previewDestination: {
    200: send(RECEIVER),
    400: send({ kind: 'http' }),
    404: send({ ...RECEIVER, id: nowhere() }),
    413: LARGE,
  },
  getDestination: { 200: at(running), 404: at(nowhere) },
  updateDestination: {
    200: at(running, send({ ...RECEIVER, note: 'changed' })),
    400: at(running, send({ ...RECEIVER, levels: ['loud'] })),
    404: at(nowhere, send(RECEIVER)),
    413: at(running, LARGE),
  },
  removeDestination: { 200: at(() => doomedId), 404: at(nowhere) },
  testDestination: { 200: at(running), 404: at(nowhere) },
  pauseDestination: { 200: at(paused), 404: at(nowhere) },
  resumeDestination: {
    200: at(running, send({})),
    400: at(paused, send({ from: 'time' })),
    404: at(nowhere, send({})),
    409: at(running, send({ from: 'now' })),
    413: at(running, LARGE),
  },
  retryDestination: { 200: at(running), 404: at(nowhere), 409: at(paused) },
  restoreDestination: { 200: at(() => removedId), 404: at(nowhere) },
  skipEvents: {
    200: at(paused, send({ reason: 'the walk' })),
    400: at(paused, send({ throughSeq: 99_999, reason: 'the walk' })),
    404: at(nowhere, send({ reason: 'the walk' })),
    413: at(paused, LARGE),
  },
  listReplays: { 200: at(running), 404: at(nowhere) },
  replayEvents: {
    201: at(paused, send({ what: 'range', fromSeq: 0, throughSeq: 0 })),
    400: at(paused, send({ what: 'range', fromSeq: 5 })),
    404: at(nowhere, send({ what: 'dead' })),
    409: Array.from({ length: 11 }, () => at(paused, send({ what: 'since', fromSeq: 0 }))),
    413: at(paused, LARGE),
  },
  cancelReplay: { 200: at(paused), 404: at(running) },
  listDeliveryAttempts: PAGE,
  listDeadLetters: PAGE,
  listMatchedEvents: SEARCHED,
  listUnsentEvents: SEARCHED,
  readDeliveryHours: { ...PAGE, 200: at(running), 400: at(running, { query: 'hours=0' }) },
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
  const toNew = createDestinationSchema.parse({ ...RECEIVER, start: 'beginning' })
  const addDestination = async () => (await createDestination(scope, toNew)).id
  pausedId = await addDestination()
  runningId = await addDestination()
  doomedId = await addDestination()
  removedId = await addDestination()
  await pauseDestination(scope, { id: pausedId })
  await skipEvents(scope, { id: pausedId, throughSeq: 1, reason: 'the walk' })
  replayId = (await replayEvents(scope, { id: pausedId, what: 'since', fromSeq: 0 })).id
  await removeDestination(scope, { id: removedId })
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
  if (own === READING || own === SEARCHED || id === 'previewDestination')
    answers.set(429, () => inCrowd(() => call(operation, good, token)))
  if (permission || own[503]) {
    answers.set(503, () => {
      // Where nothing is read or written, only the token has to be looked up.
      if (!own[200] || id === 'listDestinationKinds') purgeTokens()
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

test.each(
  ['ndjson', 'json', 'csv'].flatMap((format) => [`format=${format}`, `format=${format}&fields=target`]),
)('an export with %s has a documented form', async (query) => {
  const response = await call(operation('exportEvents'), { query }, token)
  expect(await findDeviations('/api/v1/events/export', 'GET', response)).toEqual([])
})
