import fc from 'fast-check'
import { expect, test } from 'vitest'
import { acceptEvent } from '@/lib/event/accept-event'
import type { StoredEvent } from '@/lib/event/stored-event'
import { toTargetValues } from '@/lib/trail/export/target-fields'
import { acceptCollected } from './accept-collected'
import { targetValues } from './testing/target-values'
import { toCollectedEvent } from './to-collected-event'

const context = { mandants: new Set(['acme', 'alias']) }
const RECEIVED_AT = '2026-11-21T00:00:00.000Z'

/** Anything, also what no store keeps, and lengths around the limits. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    '-',
    '\0',
    '\ud800',
    'a\udc00',
    '{"a":1}',
    '{"text":"x"}',
    '10.0.0.1',
    '::1',
    '::1%1',
  ),
  fc
    .tuple(
      fc.constantFrom('x', '\u0001', '"', 'é', '😀'),
      fc.constantFrom(128, 129, 1024, 1025, 16_385, 65_537),
    )
    .map(([letter, length]) => letter.repeat(length)),
)
/** What usually stands in a field, so that most rows get as far as the trail. */
const likely: Record<string, fc.Arbitrary<string>> = {
  mandant: fc.constantFrom('', 'acme', 'alias', ' alias '),
  family: fc.constantFrom('filer', 'Filer', 'security.admin', 'x'.repeat(64)),
  date: fc.constantFrom(
    '20151205121542',
    '20151205121542.5Z',
    '00010101000000',
    '99991231235959',
    '20240229000000',
  ),
  whatstatus: fc.constantFrom('', 'success', 'FAIL'),
  whatcount: fc.constantFrom('1', '007', '9007199254740991'),
  whattargettype: fc.constantFrom('', 'account', 'Group'),
  whattarget2type: fc.constantFrom('', 'perimeter'),
  level: fc.constantFrom('', 'error', 'Notice'),
  whatdata: fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc
      .dictionary(fc.string(), fc.jsonValue({ maxDepth: 20, depthSize: 'medium' }))
      .map((value) => JSON.stringify(value)),
    fc.string({ unit: 'grapheme' }),
  ),
}
const FREE = [
  'datasource',
  'externalref',
  'whologin',
  'whorepository',
  'wheresource',
  'whoidentity',
  'whataction',
]
const LONG = [
  'whatdisplaylabel',
  'whatoldvalue',
  'whatnewvalue',
  'whatpayload',
  'custom1',
  'custom19',
  'whattarget2name',
]

/** Rows of mostly likely values, of which some fields are anything. */
const rows = fc
  .record(
    Object.fromEntries([
      ...Object.entries(likely).map(([name, values]) => [
        name,
        fc.oneof({ weight: 30, arbitrary: values }, { weight: 1, arbitrary: anyText }),
      ]),
      ...[...FREE, ...LONG].map((name) => [
        name,
        fc.oneof(
          { weight: 6, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 }) },
          anyText,
        ),
      ]),
    ]) as Record<string, fc.Arbitrary<string>>,
    { requiredKeys: [] },
  )
  .map(targetValues)

test('what the target takes, the door takes just the same, byte for byte', () => {
  let taken = 0
  fc.assert(
    fc.property(rows, (values) => {
      const outcome = toCollectedEvent(values, context)
      if ('reject' in outcome) return
      taken++
      const collected = acceptCollected(outcome.event)
      expect(acceptEvent(structuredClone(outcome.event), RECEIVED_AT)).toEqual({ accepted: collected })
      expect(JSON.parse(collected.body)).toEqual(outcome.event)
    }),
    { numRuns: 800 },
  )
  // Rows that are refused prove nothing here.
  expect(taken).toBeGreaterThan(100)
})

/** What is not a text of its own in the event: written in one way, whatever it was in the file. */
const WRITTEN: Record<number, (value: string) => unknown> = {
  0: () => 'acme',
  3: (value) => value.trim().toLowerCase(),
  4: (value) => value.trim().slice(0, 14),
  16: (value) => value.trim().toLowerCase(),
  17: (value) => Number(value),
  19: (value) => value.trim().toLowerCase(),
  22: (value) => value.trim().toLowerCase(),
}
const DATA = 27

/** JSON has one value for many texts. */
const sameJson = (a: unknown, b: unknown) => {
  try {
    expect(JSON.parse(String(a))).toEqual(JSON.parse(String(b)))
    return true
  } catch {
    return false
  }
}

test('an event is read back under the same 47 names with the same values', () => {
  fc.assert(
    fc.property(rows, (values) => {
      const outcome = toCollectedEvent(values, context)
      if ('reject' in outcome) return
      const event = { ...JSON.parse(JSON.stringify(outcome.event)) } as StoredEvent
      for (const [i, value] of toTargetValues(event, 'acme').entries()) {
        const given = values[i]?.trim() === '' ? '' : (values[i] ?? '')
        const wanted = given === '' && i !== 0 ? given : (WRITTEN[i]?.(given) ?? given)
        if (value !== wanted) expect(i === DATA && sameJson(value, wanted)).toBe(true)
      }
    }),
    { numRuns: 800 },
  )
})
