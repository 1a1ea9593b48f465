import { describe, expect, test } from 'vitest'
import { ENCODINGS, encodingOf } from '@/lib/delivery/encodings/encodings'
import { toSyslogMessage } from '@/lib/delivery/encodings/rfc5424'
import { auditors, matchedEvent, walter } from '@/lib/delivery/testing/matched'
import { maskEvent } from './mask-event'
import { toMaskingRules } from './masking-rule'

const KEY = 'a key of the destination'
const event = matchedEvent(
  {
    message: 'Walter Ardog added somebody',
    actor: { login: 'wardog', ip: '203.0.113.9' },
    targets: [
      { type: 'account', name: 'jane' },
      { type: 'group', name: 'auditors' },
    ],
    data: { number: 1 },
  },
  { actor: walter, targets: [{ ...walter, key: 'jane', display: 'Jane Doe' }, auditors] },
)
const mask = (...rules: string[]) => maskEvent(event, toMaskingRules(rules), KEY)

describe('whoever a rule hides has no name of the ledger either', () => {
  test.each(['login', 'identity', 'id', 'repository'])('an actor by %s', (field) => {
    for (const how of ['hide', 'hash', 'remove'])
      expect(mask(`${how}:actor.${field}`).matched).toEqual({ targets: event.matched?.targets })
  })

  test('an actor who is removed whole', () =>
    expect(mask('remove:actor').matched).toEqual({ targets: event.matched?.targets }))

  test.each(['targets.name', 'targets.id', 'targets.parent', 'targets.type'])('all targets by %s', (path) =>
    expect(mask(`hash:${path}`).matched).toEqual({ actor: walter }),
  )

  test('all targets, removed whole', () => expect(mask('remove:targets').matched).toEqual({ actor: walter }))

  test('one target by its place', () => {
    expect(mask('hide:targets.0.name').matched?.targets).toEqual([null, auditors])
    expect(mask('remove:targets.1').matched?.targets).toEqual([event.matched?.targets?.[0], null])
    expect(mask('hide:targets.0.name', 'hide:targets.1.name').matched).toEqual({ actor: walter })
  })

  test('in no encoding', () => {
    const masked = mask('hash:actor.login', 'hide:targets.name', 'hide:message')
    for (const name of ENCODINGS) {
      const text = encodingOf(name).encode(masked, { tenant: 'acme' })
      expect(text).not.toMatch(/walter|ardog|jane|research|auditors/i)
    }
    for (const content of ['native', 'text'] as const)
      expect(toSyslogMessage(masked, { content })).not.toMatch(/walter|ardog|jane|research|auditors/i)
  })
})

test('rules about other things leave the matches alone', () => {
  for (const rule of ['hide:actor.ip', 'remove:data', 'hide:source', 'hide:onBehalfOf.login'])
    expect(mask(rule).matched).toEqual(event.matched)
})

test('names of the ledger can be masked by their own paths, and the body stays as it came, but for mentions', () => {
  const hidden = mask('hash:matched.actor.display', 'hide:matched.targets.key')
  expect(hidden.matched?.actor).toEqual({ ...walter, display: expect.stringMatching(/^hmac:[0-9a-f]{16}$/) })
  expect(hidden.matched?.targets).toMatchObject([{ key: '***' }, { key: '***', display: 'The Auditors' }])
  expect(hidden.message).toBe(`${hidden.matched?.actor?.display} added somebody`)
  const removed = mask('remove:matched.actor.organisation', 'remove:matched.targets')
  expect(removed.matched).toEqual({ actor: { ...walter, organisation: undefined } })
  expect(removed.body).toBe(event.body)
  expect(mask('remove:matched')).toEqual({ ...event, matched: undefined })
  expect(event.matched?.actor).toBe(walter)
})

test('an event that carries nothing has no more after masking', () => {
  const { matched: _, ...plain } = event
  expect(maskEvent(plain, toMaskingRules(['hide:matched.actor.display']), KEY)).toBe(plain)
})
