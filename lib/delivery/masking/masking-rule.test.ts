import { describe, expect, test } from 'vitest'
import { maskingInput, toMaskingRules, toMaskingTexts } from './masking-rule'

const complaintsOf = (...rules: string[]) => {
  const parsed = maskingInput.safeParse(rules)
  return parsed.success ? [] : parsed.error.issues.map(({ message }) => message)
}

describe('rules that a person may set', () => {
  const texts = [
    ...[
      'hash:actor.login',
      'hide:actor.ip',
      'remove:actor',
      'remove:onBehalfOf.identity',
      'hide:targets.name',
    ],
    ...['hash:targets.0.id', 'remove:targets.15', 'remove:targets', 'hide:message', 'remove:status'],
    ...['remove:count', 'hash:data.request.id', 'hide:data.a\\.b.0.c', 'remove:data', 'hide:custom.custom1'],
    ...['remove:matched', 'hash:matched.actor.display', 'hide:matched.targets.1.identity.key'],
    ...['remove:matched.actor.organisation', 'hide:matched.actor.candidates.display'],
    ...['remove:payload', 'hash:externalRef', 'hide:source', 'hide:data.type', 'hash:data.ü ß: "x"'],
  ]
  test.each(texts)('%s', (text) => {
    expect(maskingInput.parse([text])).toEqual([text])
    expect(toMaskingTexts(toMaskingRules([text]))).toEqual([text])
  })

  test('all of them together', () => {
    expect(complaintsOf(...texts)).toEqual([])
    expect(toMaskingRules(texts)).toHaveLength(texts.length)
  })
})

describe('rules that would break events are refused with the reason', () => {
  const rows: [string, RegExp][] = [
    ['actor.login', /Write remove:, hide: or hash:/],
    ['blur:actor.login', /Write remove:/],
    ['hash:', /Write remove:/],
    ['remove:type', /type can't be masked: every event has it/],
    ['hide:action', /action can't be masked/],
    ['hash:level', /level can't be masked/],
    ['remove:occurredAt', /occurredAt can't be masked/],
    ['hide:id', /Spoor gives it/],
    ['remove:leafHash', /Spoor gives it/],
    ['hide:origin.x', /Spoor gives it/],
    ['hide:actor', /remove it whole, or name one of them, such as actor\.login/],
    ['hash:targets.0', /remove it whole/],
    ['hide:targets', /remove it whole/],
    ['hash:data', /remove it whole/],
    ['hide:custom', /remove it whole/],
    ['hide:count', /can only be removed/],
    ['hash:status', /can only be removed/],
    ['hide:actor.logn', /actor has no field logn; did you mean login\?/],
    ['hide:targets.0.login', /targets has no field login/],
    ['hide:actor.login.first', /has no fields of its own/],
    ['hide:source.host', /has no fields of its own/],
    ['hide:context', /There is no field context/],
    ['hide:mesage', /did you mean message\?/],
    ['hide:matched', /remove it whole/],
    ['hash:matched.targets.0', /remove it whole/],
    ['hide:matched.actr.display', /matched has no field actr; did you mean actor\?/],
    ['hide:matched.actor.dispaly', /can't be masked; did you mean display\?/],
    ['hide:matched.actor.rule', /can't be masked/],
    ['remove:matched.actor.display', /hidden or hashed/],
    ['hide:matched.actor.display.x', /display is a text/],
    ['hide:data..x', /is no path/],
    ['hide:data.', /is no path/],
    ['hide:.data', /is no path/],
    ['hide:data.a\\b', /is no path/],
    [`hide:data${'.x'.repeat(16)}`, /is no path/],
  ]
  test.each(rows)('%s', (text, reason) => {
    expect(complaintsOf(text)).toEqual([expect.stringMatching(reason)])
  })

  test('two rules for one field, and more than fifty rules', () => {
    expect(complaintsOf('hide:source', 'hash:source')).toEqual(['source stands there twice.'])
    expect(complaintsOf(...Array.from({ length: 51 }, (_, i) => `hide:data.x${i}`))).toEqual([
      'At most 50 fields.',
    ])
  })
})
