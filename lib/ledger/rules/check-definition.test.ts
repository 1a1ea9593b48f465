import { expect, test } from 'vitest'
import { checkDefinition } from './check-definition'
import { ruleDefinitionSchema } from './definition'

const NAMES = ['key', 'login', 'sid', 'repository']
const check = (...comparisons: object[]) =>
  checkDefinition(ruleDefinitionSchema.parse({ comparisons }), NAMES)
const login = { kind: 'finds', attribute: 'login', by: 'ignoring-case', parameter: 1 }

test('a whole rule has no problem, and attributes are written in any case', () => {
  expect(
    check(
      { ...login, attribute: ' Login ', pattern: '^([^@]+)@' },
      { kind: 'event', parameter: 2, by: 'begins', text: 'THE' },
    ),
  ).toEqual([])
})

test('a rule that looks for nothing is refused', () => {
  expect(check({ kind: 'entity', attribute: 'login', by: 'exact', text: 'x' })).toEqual([
    { path: ['comparisons'], message: expect.stringContaining('Nothing says whom it finds') },
  ])
})

test('a pattern that cannot be compiled is named with its place', () => {
  expect(
    check({ ...login, pattern: '(a' }, { kind: 'event', parameter: 1, by: 'pattern', text: 'a{2000}' }),
  ).toEqual([
    { path: ['comparisons', 0, 'pattern'], message: expect.stringContaining('not closed') },
    { path: ['comparisons', 1, 'text'], message: expect.stringContaining('1,000 times') },
  ])
})

test('an attribute that nobody has is a warning with the nearest name', () => {
  expect(check({ ...login, attribute: 'logni' })).toEqual([
    {
      path: ['comparisons', 0, 'attribute'],
      message: 'No entity has logni yet. Did you mean login?',
      isWarning: true,
    },
  ])
})
