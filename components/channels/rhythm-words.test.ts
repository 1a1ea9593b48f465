import { expect, it } from 'vitest'
import { intervalWords, ruleWords } from './rhythm-words'

it.each([
  [0, 'Immediate'],
  [300, 'Every 5 minutes'],
  [900, 'Every 15 minutes'],
  [3_600, 'Hourly'],
  [86_400, 'Daily at 07:30'],
  [604_800, 'Fridays at 07:30'],
])('says an interval of %i seconds as people do', (everySeconds, words) =>
  expect(intervalWords({ everySeconds, at: '07:30', weekday: '5' })).toBe(words),
)

const RULE = {
  threshold: true,
  ruleCount: 10,
  ruleWithinSeconds: 300,
  rulePer: 'actor',
  ruleQuietSeconds: 3_600,
}

it('says a rule in one line', () =>
  expect(ruleWords(RULE)).toBe('10 events of one actor within 5 min, then quiet for 1 h'))

it('leaves out a quiet time that there is none of, and a rule that is off', () => {
  expect(ruleWords({ ...RULE, ruleCount: 1, rulePer: 'all', ruleQuietSeconds: 0 })).toBe(
    '1 event in all within 5 min',
  )
  expect(ruleWords({ ...RULE, threshold: false })).toBeUndefined()
})
