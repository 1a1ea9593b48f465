import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ENCODINGS, encodingOf } from '@/lib/delivery/encodings/encodings'
import { toSyslogMessage } from '@/lib/delivery/encodings/rfc5424'
import { erasedEvent, outgoingEvent } from '@/lib/delivery/testing/outgoing'
import type { EventInput } from '@/lib/event/event-input'
import { maskEvent } from './mask-event'
import { MASKING_WAYS } from './masking-rule'

const KEY = 'a key of the destination'
const event = outgoingEvent({
  type: 'account',
  action: 'signed in',
  message: 'jdoe25 signed in as JDOE25 from web-1',
  actor: { login: 'jdoe25', ip: '203.0.113.9', id: 'usr_1' },
  targets: [{ type: 'account', name: 'jane' }, { name: 'jdoe25' }, {}],
  source: 'web-1',
  dataSource: 'AD',
  data: {
    request: { id: 4711, tags: ['a', 'b'] },
    'a.b': 'dotted',
    list: [{ k: 'one' }, { k: 'two' }],
    back: { 'sl\\ash': 1 },
  },
  custom: { custom1: 'eins' },
})

const maskedBody = (...texts: string[]) => JSON.parse(mask(...texts).body)
function mask(...texts: string[]) {
  const rules = texts.map((text) => {
    const at = text.indexOf(':')
    return { how: text.slice(0, at) as (typeof MASKING_WAYS)[number], path: text.slice(at + 1) }
  })
  return maskEvent(event, rules, KEY)
}

describe('an event for a destination that must not see all', () => {
  test('is the same object if nothing of it is masked', () => {
    expect(maskEvent(event, [], KEY)).toBe(event)
    expect(mask('hide:payload', 'remove:targets.9', 'hash:data.nothing.here', 'hide:source.x')).toBe(event)
  })

  test('lacks a removed field, shows stars for a hidden one, and a hash for a hashed one', () => {
    const { actor } = maskedBody('remove:actor.login', 'hide:actor.ip', 'hash:actor.id')
    expect(actor).toEqual({ ip: '***', id: expect.stringMatching(/^hmac:[0-9a-f]{16}$/) })
  })

  test('shows the same hash for the same value wherever it stands, and another under another key', () => {
    const { actor, targets } = maskedBody('hash:actor.login', 'hash:targets.name')
    expect(targets[1].name).toBe(actor.login)
    expect(targets[0].name).not.toBe(actor.login)
    const other = maskEvent(event, [{ how: 'hash', path: 'actor.login' }], 'another key')
    expect(other.actorLogin).not.toBe(actor.login)
  })

  test('hashes with HMAC-SHA-256', () => {
    // printf jdoe25 | openssl dgst -sha256 -hmac "a key of the destination"
    expect(mask('hash:actor.login').actorLogin).toBe('hmac:d57d7b922b9a86eb')
  })

  test('has columns that say what its body says', () => {
    const masked = mask('hash:actor.login', 'remove:targets.0.name', 'hide:source', 'remove:dataSource')
    expect(masked).toMatchObject({ targetName: null, source: '***', dataSource: null })
    expect(masked.actorLogin).toBe(JSON.parse(masked.body).actor.login)
    expect(mask('hide:message').message).toBe('***')
    expect(mask('remove:message').message).toBeNull()
  })

  test('has a message without the values that are masked, whatever their case', () => {
    const hashed = mask('hash:actor.login')
    expect(hashed.message).toBe(`${hashed.actorLogin} signed in as ${hashed.actorLogin} from web-1`)
    expect(mask('remove:actor.login', 'hide:source').message).toBe('*** signed in as *** from ***')
    // `AD` stands in many words.
    expect(mask('hide:dataSource').message).toBe(event.message)
  })

  test('is masked in every item of a list, or in the one with the index', () => {
    expect(maskedBody('hide:targets.name').targets).toEqual([
      { type: 'account', name: '***' },
      { name: '***' },
      {},
    ])
    expect(maskedBody('hide:targets.1.name').targets[0].name).toBe('jane')
    expect(maskedBody('remove:targets.0').targets).toEqual([{}, { name: 'jdoe25' }, {}])
    expect(maskedBody('hide:data.list.k').data.list).toEqual([{ k: '***' }, { k: '***' }])
    expect(maskedBody('hide:data.request.tags.1').data.request.tags).toEqual(['a', '***'])
  })

  test('hashes what is no text by its canonical JSON', () => {
    const before = outgoingEvent({ type: 'a', action: 'b', data: { x: { b: 1, a: [true] } } })
    const after = outgoingEvent({ type: 'a', action: 'b', data: { x: { a: [true], b: 1 } } })
    const [one, two] = [before, after].map((given) =>
      maskEvent(given, [{ how: 'hash', path: 'data.x' }], KEY),
    )
    expect(one?.body).toContain('"x":"hmac:')
    expect(one?.body).toBe(two?.body)
  })

  test('knows dots and backslashes within names', () => {
    const { data } = maskedBody('hide:data.a\\.b', 'hide:data.back.sl\\\\ash')
    expect(data).toMatchObject({ 'a.b': '***', back: { 'sl\\ash': '***' } })
  })

  test('can lose whole members', () => {
    expect(maskedBody('remove:data', 'remove:actor', 'remove:targets', 'remove:custom')).toEqual({
      type: 'account',
      action: 'signed in',
      level: 'info',
      occurredAt: event.receivedAt,
      message: '*** signed in as *** from web-1',
      source: 'web-1',
      dataSource: 'AD',
    })
  })

  test('can have members that are called like the insides of JavaScript', () => {
    const body = event.body.replace('"request"', '"__proto__"')
    const masked = maskEvent({ ...event, body }, [{ how: 'hide', path: 'data.__proto__' }], KEY)
    expect(masked.body).toContain('"__proto__":"***"')
    expect(maskEvent(event, [{ how: 'hide', path: 'data.constructor' }], KEY)).toBe(event)
  })

  test('may have been erased', () => {
    const erased = erasedEvent({ type: 'account', actor: { login: 'jdoe25' } })
    expect(maskEvent(erased, [{ how: 'remove', path: 'actor' }], KEY)).toMatchObject({ actorLogin: null })
  })

  test.each([
    ['bob', 'bob signed in as Bob, not bobby', '*** signed in as ***, not bobby'],
    ['李', '李 signed in', '*** signed in'],
    ['x1', '(x1): x1_a, ax1', '(***): ***_a, ax1'],
    ['-', 'a - b', 'a - b'],
    ['7', '7 times', '7 times'],
  ])('has a message without the short value %s where it is a word', (login, message, told) => {
    const given = outgoingEvent({ type: 'a', action: 'b', message, actor: { login } })
    expect(maskEvent(given, [{ how: 'hide', path: 'actor.login' }], KEY).message).toBe(told)
  })

  test.each([
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς and ΟΔΥΣΣΕΥσ', '*** and ***'],
    ['𞤀𞤣𞤤𞤢𞤥', '𞤢𞤁𞤤𞤢𞤥', '***'],
    ['STRASSE', 'İſtraße ſTRAſſE', 'İſtraße ***'],
  ])('has a message without %s in any case', (login, message, told) => {
    const given = outgoingEvent({ type: 'a', action: 'b', message, actor: { login } })
    expect(maskEvent(given, [{ how: 'hide', path: 'actor.login' }], KEY).message).toBe(told)
  })

  test('has the message that it had if many or long values are masked that stand not in it', () => {
    const list = Array.from({ length: 1_001 }, (_, i) => `value ${i}`)
    const data = { list, document: 'y'.repeat(200_000) }
    const many = outgoingEvent({ type: 'a', action: 'b', message: 'none of these', data })
    expect(maskEvent(many, [{ how: 'remove', path: 'data' }], KEY).message).toBe('none of these')
  })

  test.each([
    ['many values', Array.from({ length: 900 }, (_, i) => `${'a'.repeat(250)}${i}`)],
    ['a long value', [`${'a'.repeat(8_000)}b`]],
  ])('has a message of stars rather than that looking for %s holds up everybody', (_what, list) => {
    const given = outgoingEvent({ type: 'a', action: 'b', message: 'a'.repeat(16_384), data: { list } })
    const started = performance.now()
    expect(maskEvent(given, [{ how: 'remove', path: 'data.list' }], KEY).message).toBe('***')
    expect(performance.now() - started).toBeLessThan(500)
  })
})

/** Where a text of a person's may stand, and the rule that masks it. */
const PLACES: [path: string, put: (text: string) => Partial<EventInput>][] = [
  ['actor.login', (login) => ({ actor: { login } })],
  ['actor.identity', (identity) => ({ actor: { identity } })],
  ['actor.id', (id) => ({ actor: { login: 'x', id } })],
  ['actor.repository', (repository) => ({ actor: { login: 'x', repository } })],
  ['actor.sessionId', (sessionId) => ({ actor: { sessionId } })],
  ['actor.userAgent', (userAgent) => ({ actor: { userAgent, ip: '203.0.113.9', login: 'x' } })],
  ['onBehalfOf.login', (login) => ({ onBehalfOf: { login } })],
  ['targets.name', (name) => ({ targets: [{ type: 'account', name }, { name }] })],
  ['targets.0.id', (id) => ({ targets: [{ type: 'group', id }] })],
  ['targets.parent', (parent) => ({ targets: [{ type: 'account', name: 'x', parent }] })],
  ['targets.type', (type) => ({ targets: [{ type, name: 'x' }] })],
  ['source', (source) => ({ source })],
  ['destination', (destination) => ({ destination })],
  ['oldValue', (oldValue) => ({ oldValue })],
  ['newValue', (newValue) => ({ newValue })],
  ['payload', (payload) => ({ payload })],
  ['code', (code) => ({ code })],
  ['codeLabel', (codeLabel) => ({ codeLabel })],
  ['category', (category) => ({ category })],
  ['dataSource', (dataSource) => ({ dataSource })],
  ['externalRef', (externalRef) => ({ externalRef })],
  ['data.a.b', (b) => ({ data: { a: [{ b }, { b }] } })],
  ['data.a', (b) => ({ data: { a: { deep: [b] } } })],
  ['data', (b) => ({ data: { [b]: b } })],
  ['custom.custom1', (custom1) => ({ custom: { custom1 } })],
]
const CONTENTS = [...ENCODINGS, 'text'] as const

test('a masked value stands nowhere in what any encoding writes, nor in any message', () => {
  const secret = fc
    .tuple(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.stringMatching(/^[a-z]{3}$/),
      fc.string({ maxLength: 8 }),
    )
    .map(
      ([before, word, after]) => `${before.replaceAll('\0', '')}geheim${word}${after.replaceAll('\0', '')}`,
    )
    .filter((text) => text.isWellFormed())
  const chosen = fc.subarray(PLACES, { minLength: 1 })
  fc.assert(
    fc.property(
      secret,
      chosen,
      fc.constantFrom(...MASKING_WAYS),
      fc.string(),
      (text, places, how, around) => {
        const fields = places.map(([, put]) => put(text))
        const input = Object.assign(
          { message: `${around}${text}${around}${text}` },
          ...fields,
        ) as Partial<EventInput>
        const given = outgoingEvent({ action: 'signed in', ...input, type: 'log' })
        // Of two places within one member, the later one took the whole member.
        const rules = PLACES.map(([path]) => ({ path, how: path === 'data' ? ('remove' as const) : how }))
        const masked = maskEvent(given, rules, KEY)
        for (const name of ENCODINGS)
          expect(encodingOf(name).encode(masked, { tenant: 'acme' })).not.toContain('geheim')
        for (const content of CONTENTS)
          expect(toSyslogMessage(masked, { tenant: 'acme', content })).not.toContain('geheim')
        expect(JSON.stringify(masked)).not.toContain('geheim')
      },
    ),
    { numRuns: 300 },
  )
})

test.each(PLACES)('masking %s alone hides it from the columns, the body and the message', (path, put) => {
  for (const how of MASKING_WAYS) {
    const given = outgoingEvent({
      message: 'by geheim-4711',
      ...put('geheim-4711'),
      type: 'log',
      action: 'done',
    })
    const rule = { path, how: path === 'data' ? ('remove' as const) : how }
    expect(JSON.stringify(maskEvent(given, [rule], KEY))).not.toContain('geheim')
  }
})
