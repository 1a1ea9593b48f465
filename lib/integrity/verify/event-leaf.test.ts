import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leafHash } from '@/lib/integrity/leaf'
import { reasonOf } from '@/lib/integrity/testing/verify-lines'
import { canonicalText } from './canonical-text'
import { deriveLeaf } from './event-leaf'
import { nodePrimitives } from './node-primitives'
import { parseStrictObject } from './strict-json'

const { sha256 } = nodePrimitives
const seed = Buffer.from(Array.from({ length: 32 }, (_, i) => i))
const id = '0190f7a0-1234-7abc-8def-0123456789ab'
const receivedAt = '2026-11-20T22:38:00.123Z'
const leafOf = (event: Record<string, unknown>) =>
  Buffer.from(
    deriveLeaf(sha256, { id, receivedAt, event, salts: { seed: seed.toString('latin1') } }),
    'latin1',
  ).toString('hex')

const vector = {
  action: 'user.login',
  occurredAt: '2026-11-20T22:37:59.000Z',
  actor: { id: 'usr_1', email: 'ä@example.org' },
  targets: [],
  context: {},
  metadata: { n: 1e21, 'a/b': null },
}
const VECTOR_LEAF = 'f89b84a4c7e2e909c4983a46f4d7dc848883b13b4f10576bd8ffbd5e1d5b9593'

test("the specification's test vector", () => {
  expect(leafOf(vector)).toBe(VECTOR_LEAF)
})

test("the test vector with a value erased: salt and digest are the specification's", () => {
  const { email, ...actor } = vector.actor
  const kept = [
    '/action',
    '/occurredAt',
    '/actor/id',
    '/targets',
    '/context',
    '/metadata/n',
    '/metadata/a~1b',
  ]
  const saltOf = (pointer: string) =>
    sha256(Buffer.concat([Buffer.of(0, 0, 0, 1), seed, Buffer.from(pointer)])).slice(0, 16)
  expect(Buffer.from(saltOf('/actor/email'), 'latin1').toString('hex')).toBe(
    '975fdf90aa40562a1b8199d50d08f5bc',
  )
  const digest = '38188577bfb322d310cd6e4d7f8fe560cc63416449afaf1c9875c6bb1d76c719'
  const salts = {
    salts: new Map(kept.map((pointer) => [pointer, saltOf(pointer)])),
    erased: [Buffer.from(digest, 'hex').toString('latin1')],
  }
  const leaf = deriveLeaf(sha256, { id, receivedAt, event: { ...vector, actor }, salts })
  expect(Buffer.from(leaf, 'latin1').toString('hex')).toBe(VECTOR_LEAF)
})

test('writer and verifier, who share no code, agree on any event', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (value) => {
      const event = JSON.parse(JSON.stringify(value))
      expect(leafOf(event)).toBe(leafHash(event, seed, id, receivedAt))
    }),
    { numRuns: 500 },
  )
})

test('more names than are remembered, and longer values than fit the buffer', () => {
  const long = Object.fromEntries(Array.from({ length: 6000 }, (_, i) => [`n${i}`, { [`m${i}`]: i }]))
  const event = { ...long, text: 'ü'.repeat(50_000) }
  expect(leafOf(event)).toBe(leafHash(event, seed, id, receivedAt))
  expect(leafOf(vector)).toBe(VECTOR_LEAF)
})

test('canonical text agrees with an independent implementation', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalText(value)).toBe(canonicalize(value))
    }),
  )
})

describe('what no JSON of ours can be is refused', () => {
  const reason = (text: string) => reasonOf((async () => leafOf(parseStrictObject(text, 'It')))())

  test.each([
    ['{"a":"\\ud800"}', 'event_malformed'],
    ['{"\\udc00":1}', 'event_malformed'],
    ['{"a":1e999}', 'event_malformed'],
    [`{"a":${'['.repeat(100)}${']'.repeat(100)}}`, 'event_malformed'],
    [`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'malformed'],
    ['{"a":{"b":1,"b":1}}', 'duplicate_member'],
    ['{"a":1, "\\u0061":2}', 'duplicate_member'],
    ['{"a":[{"b":{},"c":[],"b":0}]}', 'duplicate_member'],
    ['{"a":-9007199254740993}', 'malformed'],
    ['[1]', 'malformed'],
    ['{"a":1', 'malformed'],
  ])('%s: %s', async (text, expected) => {
    expect(await reason(text)).toBe(expected)
  })

  test('but other spellings of the same are taken', async () => {
    expect(
      await reason(
        '{ "b" : [ {"a":1}, {"a":1} ], "a" : {"a":"a","b":"\\"a\\":"} , "n":1E+2, "\\u00fc":null }',
      ),
    ).toBe('yes')
  })
})
