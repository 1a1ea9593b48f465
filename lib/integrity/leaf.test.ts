import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from './jcs'
import { contentHash, eventSlots, leafEntry, leafHash, saltHash, slotDigest } from './leaf'

const seed = Uint8Array.from({ length: 32 }, (_, i) => i)
const id = '0190f7a0-1234-7abc-8def-0123456789ab'
const receivedAt = '2026-11-20T22:38:00.123Z'
const event = {
  action: 'user.login',
  occurredAt: '2026-11-20T22:37:59.000Z',
  actor: { id: 'usr_1', email: 'ä@example.org' },
  targets: [],
  context: {},
  metadata: { n: 1e21, 'a/b': null },
}
const hex = (latin1: string) => Buffer.from(latin1, 'latin1').toString('hex')
const slotAt = (pointer: string) => {
  const slot = eventSlots(event).find((candidate) => candidate.pointer.text === pointer)
  if (!slot) throw new Error(`no slot ${pointer}`)
  return slot
}

describe("the specification's test vector", () => {
  test('salt and digest of a slot with a non-ASCII value', () => {
    const slot = slotAt('/actor/email')
    const salt = saltHash(seed, slot.pointer)
    expect(hex(salt.slice(0, 16))).toBe('975fdf90aa40562a1b8199d50d08f5bc')
    expect(hex(slotDigest(salt, slot))).toBe(
      '38188577bfb322d310cd6e4d7f8fe560cc63416449afaf1c9875c6bb1d76c719',
    )
  })

  test('digest of a slot whose pointer is escaped', () => {
    const slot = slotAt('/metadata/a~1b')
    expect(hex(slotDigest(saltHash(seed, slot.pointer), slot))).toBe(
      '9d7901f4682c9ed1adb688b7d49f0d606f30788e30948dba9d8ef0e260fca3f1',
    )
  })

  test('content and leaf hash', () => {
    const digests = eventSlots(event).map((slot) => slotDigest(saltHash(seed, slot.pointer), slot))
    expect(Buffer.from(contentHash(digests), 'base64').toString('hex')).toBe(
      '9fb894744b23a3f13e60975bd35180d26a51af113a85df14a08cd834cb518bf0',
    )
    expect(leafHash(event, seed, id, receivedAt)).toBe(
      'f89b84a4c7e2e909c4983a46f4d7dc848883b13b4f10576bd8ffbd5e1d5b9593',
    )
  })
})

test('a leaf entry is 148 bytes whatever the event', () => {
  expect(Buffer.byteLength(leafEntry(contentHash([]), id, receivedAt))).toBe(148)
})

test('objects of 1 to 32 members are split; empty and larger ones stay whole', () => {
  const members = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`m${i}`, i]))
  expect(eventSlots({ data: members(0) })).toHaveLength(1)
  expect(eventSlots({ data: members(32) })).toHaveLength(32)
  expect(eventSlots({ data: members(33) })).toHaveLength(1)
  expect(eventSlots({ targets: [] })).toMatchObject([{ pointer: { text: '/targets' }, value: [] }])
})

test('a member named __proto__ has its own slot', () => {
  const parsed = JSON.parse('{"data":{"__proto__":{"a":1}}}')
  expect(eventSlots(parsed).map((slot) => slot.pointer.text)).toEqual(['/data/__proto__'])
})

test('canonical JSON agrees with an independent implementation on any JSON value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(value)).toBe(canonicalize(value))
    }),
    { numRuns: 500 },
  )
})

test('an event survives storage as text with the same leaf hash', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => {
      const stored = JSON.parse(JSON.stringify({ data }))
      expect(leafHash(stored, seed, id, receivedAt)).toBe(
        leafHash(JSON.parse(JSON.stringify(stored)), seed, id, receivedAt),
      )
    }),
  )
})

test('names that look alike when joined are different slots, however often and in whichever order they come', () => {
  const leafOf = (value: Record<string, unknown>) => leafHash(value, seed, id, receivedAt)
  const apart = [{ 'a/b': 1 }, { a: { b: 1 } }, { a: { 'b/c': 1 } }, { 'a~1b': 1 }, { 'a/b': { c: 1 } }]
  const first = apart.map(leafOf)
  expect(new Set(first).size).toBe(apart.length)
  expect([...apart].reverse().map(leafOf).reverse()).toEqual(first)
})

test('more names than are remembered, and longer ones, hash as on the first day', () => {
  const many = (round: number) =>
    Array.from({ length: 6000 }, (_, i) =>
      leafHash({ [`n${i % 5000}`]: round, data: { [`m${i}`]: 1 } }, seed, id, receivedAt),
    )
  expect(many(1)).toEqual(many(1))
  const long = { ['x'.repeat(100_000)]: 'y' }
  expect(leafHash(long, seed, id, receivedAt)).toBe(leafHash(structuredClone(long), seed, id, receivedAt))
})
