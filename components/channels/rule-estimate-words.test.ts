import { expect, it } from 'vitest'
import { ruleEstimateWords } from './rule-estimate-words'

it.each([
  [{ fired: 0, days: 7, isCapped: false }, 'Would not have fired in the last 7 days.'],
  [{ fired: 1, days: 7, isCapped: false }, 'Would have fired once in the last 7 days.'],
  [{ fired: 1_234, days: 7, isCapped: false }, 'Would have fired 1,234 times in the last 7 days.'],
  [
    { fired: 2, days: 0.5, isCapped: true },
    'Would have fired twice in the last 0.5 days; there is too much to look at before that.',
  ],
])('says what %o means', (estimate, words) => expect(ruleEstimateWords(estimate)).toBe(words))
