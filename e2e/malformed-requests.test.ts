import { gzipSync } from 'node:zlib'
import { createTenant, type Tenant } from './fixtures/operator'
import { type RawAnswer, type RawRequest, sendRaw } from './fixtures/raw-request'
import { expect, test } from './fixtures/test'

const COUNT = 10_000
const CONCURRENCY = 16
const PATH = '/api/v1/events'
const JSON_TYPE = { 'content-type': 'application/json' }
const LINES_TYPE = { 'content-type': 'application/x-ndjson' }

/** Always the same requests, so that a failure can be repeated. */
function randomSource(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return Math.floor((state / 0x80000000) * below)
  }
}

const random = randomSource(42)
const pick = <T>(values: readonly T[]): T => values[random(values.length)] as T
const event = (more: object = {}) => ({ type: 'fuzz', action: 'tried', ...more })
const text = (value: unknown) => Buffer.from(JSON.stringify(value))
const nested = (depth: number, open: string, close: string) => `${open.repeat(depth)}1${close.repeat(depth)}`
const WRONG_VALUES = [
  null,
  7,
  true,
  [],
  {},
  '',
  'x'.repeat(70_000),
  ['a'],
  { a: 1 },
  -1,
  1e300,
  '\u0000',
  '\ud800',
]
const FIELDS = [
  'type',
  'action',
  'level',
  'status',
  'code',
  'message',
  'occurredAt',
  'actor',
  'targets',
  'data',
  'custom',
  'count',
]

/** Values that a field would take after all. */
const isTaken = (field: string, value: unknown) =>
  text(event({ [field]: value })).length < 1000 &&
  ((['message'].includes(field) && typeof value === 'string' && !/[\0\ud800]/.test(value)) ||
    (field === 'code' && typeof value === 'string' && value !== '' && !/[\0\ud800]/.test(value)) ||
    (field === 'action' && typeof value === 'string' && value !== '' && !/[\0\ud800]/.test(value)) ||
    (field === 'targets' && Array.isArray(value) && value.length === 0) ||
    (field === 'custom' && JSON.stringify(value) === '{}') ||
    (['actor', 'data'].includes(field) && JSON.stringify(value) === '{}') ||
    (field === 'data' && JSON.stringify(value) === '{"a":1}') ||
    (field === 'count' && value === 7))

type Maker = (tenant: Tenant) => RawRequest
const post =
  (headers: Record<string, string>, body: Buffer): Maker =>
  ({ token }) => ({
    method: 'POST',
    path: PATH,
    headers: { authorization: `Bearer ${token}`, ...headers, 'content-length': String(body.length) },
    body,
  })

const MAKERS: (() => Maker)[] = [
  // wrong types
  () => {
    for (;;) {
      const [field, value] = [pick(FIELDS), pick(WRONG_VALUES)]
      if (!isTaken(field, value)) return post(JSON_TYPE, text(event({ [field]: value })))
    }
  },
  () =>
    post(
      JSON_TYPE,
      text(
        pick([null, 7, 'text', true, [], [7, null], { events: 7 }, { events: [] }, { events: [null] }, {}]),
      ),
    ),
  () =>
    post(
      LINES_TYPE,
      Buffer.from(
        `${pick(['7', 'null', '[]', '"x"', '{', '}{', 'nonsense', '{"type":1}'])}\n`.repeat(1 + random(5)),
      ),
    ),
  () => post(JSON_TYPE, text({ events: [event()], more: 1 })),
  // broken text
  () =>
    post(
      JSON_TYPE,
      Buffer.concat([
        Buffer.from('{"type":"fuzz","action":"'),
        Buffer.from([0xc3, 0x28, 0xff]),
        Buffer.from('"}'),
      ]),
    ),
  () =>
    post(
      LINES_TYPE,
      Buffer.concat([
        Buffer.from('{"type":"fuzz","action":"'),
        Buffer.from([0xed, 0xa0, 0x80]),
        Buffer.from('"}\n'),
      ]),
    ),
  () => post(JSON_TYPE, text(event({ data: { filler: 'y'.repeat(100) } })).subarray(0, 20 + random(90))),
  () => post(JSON_TYPE, Buffer.alloc(0)),
  // gzip that is none, is cut off, or is a bomb
  () => post({ ...pick([JSON_TYPE, LINES_TYPE]), 'content-encoding': 'gzip' }, text(event())),
  () => {
    const whole = gzipSync(text(event({ data: { filler: 'z'.repeat(500) } })))
    return post(
      { ...pick([JSON_TYPE, LINES_TYPE]), 'content-encoding': 'gzip' },
      whole.subarray(0, 12 + random(whole.length - 14)),
    )
  },
  // nesting, names, numbers
  () =>
    post(
      JSON_TYPE,
      Buffer.from(`{"type":"fuzz","action":"x","data":{"a":${nested(17 + random(5000), '[', ']')}}}`),
    ),
  () => post(JSON_TYPE, Buffer.from(nested(17 + random(5000), '{"a":', '}'))),
  () => post(JSON_TYPE, Buffer.from('{"type":"fuzz","action":"x","__proto__":{"admin":true}}')),
  () =>
    post(
      JSON_TYPE,
      Buffer.from(
        `{"type":"fuzz","action":"x","${pick(['constructor', 'prototype', 'toString', 'hasOwnProperty'])}":1}`,
      ),
    ),
  () =>
    post(
      JSON_TYPE,
      Buffer.from(
        `{"type":"fuzz","action":"x","data":{"n":${pick(['1e400', '9007199254740993', '-1e999', '1'.repeat(400)])}}}`,
      ),
    ),
  () =>
    post(
      JSON_TYPE,
      Buffer.from(
        `{"type":"fuzz","action":"x","count":${pick(['1e400', '0', '-1', '1.5', '99999999999999999999'])}}`,
      ),
    ),
  // wrong tokens, types, encodings, methods, places
  () => (tenant) => ({
    ...post(JSON_TYPE, text(event()))(tenant),
    headers: {
      ...JSON_TYPE,
      ...pick<Record<string, string>>([
        {},
        { authorization: 'Bearer' },
        { authorization: 'Bearer spoor_nothing' },
        { authorization: 'Basic dXNlcjpwdw==' },
        { authorization: `Bearer ${tenant.token.slice(0, -1)}` },
        { authorization: `Bearer ${tenant.token}x` },
        { authorization: `Bearer ${'a'.repeat(5000)}` },
      ]),
    },
  }),
  () =>
    post(
      pick<Record<string, string>>([
        {},
        { 'content-type': 'text/plain' },
        { 'content-type': 'application/xml' },
        { 'content-type': 'constructor' },
        { 'content-type': '*/*' },
      ]),
      text(event()),
    ),
  () => post({ 'content-type': 'application/json; charset=iso-8859-1' }, text(event())),
  () =>
    post({ ...JSON_TYPE, 'content-encoding': pick(['br', 'deflate', 'zstd', 'gzip, gzip']) }, text(event())),
  () => post({ ...JSON_TYPE, 'idempotency-key': 'k'.repeat(256 + random(200)) }, text(event())),
  () =>
    ({ token }) => ({
      method: pick(['PUT', 'PATCH', 'DELETE']),
      path: PATH,
      headers: { authorization: `Bearer ${token}`, ...JSON_TYPE },
    }),
  () =>
    ({ token }) => ({
      method: 'GET',
      path: `${PATH}${pick(['?level=loud', '?limit=0', '?limit=abc', '?cursor=!!!', '?typ=x', '?after=-2', '?from=never', '?ip=1', '?order=up', '/nothing', '/%00', '?q=%00'])}`,
      headers: { authorization: `Bearer ${token}` },
    }),
]

test('ten thousand malformed requests get a 4xx problem each, and store nothing', async ({ spoor }) => {
  test.setTimeout(240_000)
  const tenant = await createTenant(spoor.dataDir, 'malformed')
  const bombs = [
    post({ ...JSON_TYPE, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20))),
    post({ ...LINES_TYPE, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20))),
    post(JSON_TYPE, Buffer.alloc(11 * 1024 * 1024, 0x20)),
    post(JSON_TYPE, text({ events: Array.from({ length: 1001 }, () => event()) })),
    post(JSON_TYPE, text(event({ data: { text: 'x'.repeat(256 * 1024) } }))),
  ]
  const requests = Array.from({ length: COUNT }, (_, i) => (bombs[i] ?? pick(MAKERS)())(tenant))
  const wrong: string[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (let request = requests[next++]; request; request = requests[next++]) {
        const answer = await sendRaw(spoor.url, request).catch(
          (error: Error): RawAnswer => ({ status: 0, headers: {}, text: String(error) }),
        )
        const isProblem = answer.headers['content-type'] === 'application/problem+json'
        const tells = /\bat \S+ \(|node_modules|\.tsx?:\d/.test(answer.text)
        if (answer.status < 400 || answer.status > 499 || !isProblem || tells)
          wrong.push(
            `${request.method} ${request.path} ${request.body?.toString('latin1', 0, 200)} → ${answer.status} ${answer.text.slice(0, 300)}`,
          )
      }
    }),
  )
  expect(wrong.slice(0, 5)).toEqual([])
  expect(wrong).toHaveLength(0)
  const stored = await fetch(`${spoor.url}${PATH}?type=fuzz`, {
    headers: { authorization: `Bearer ${tenant.token}` },
  })
  expect(await stored.json()).toEqual({ events: [], next: null, prev: null })
  expect(spoor.output()).not.toMatch(/"level":"error"/)
})
