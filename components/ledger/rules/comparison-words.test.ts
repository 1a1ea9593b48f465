import { expect, test } from 'vitest'
import { comparisonWords } from './comparison-words'

test('a comparison reads as a sentence about the entity', () => {
  expect(
    comparisonWords({ kind: 'finds', attribute: 'login', by: 'ignoring-case', parameter: 1 }, 'account'),
  ).toBe('the account’s login is, ignoring case, #1, login or target’s name')
  expect(
    comparisonWords(
      { kind: 'finds', attribute: 'hr_code', by: 'exact', parameter: 1, pattern: '^HR-(\\d+)$' },
      'identity',
    ),
  ).toBe(
    'the identity’s hr_code is exactly #1, login or target’s name, of that the part that “^HR-(\\d+)$” captures',
  )
})

test('what narrows says whether it must be or must not be', () => {
  expect(
    comparisonWords(
      { kind: 'entity', attribute: 'state', by: 'exact', text: 'closed', negate: true },
      'account',
    ),
  ).toBe('the account’s state is not, exactly, “closed”')
  expect(
    comparisonWords({ kind: 'event', parameter: 2, by: 'begins', text: 'THE', negate: false }, 'account'),
  ).toBe('what the event says as #2, repository or target’s parent begins with “THE”')
})
