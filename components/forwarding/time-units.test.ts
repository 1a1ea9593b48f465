import { expect, it } from 'vitest'
import { fromUnit, inUnit, TIME_UNITS, unitFor } from './time-units'

it.each([
  ['300', 60],
  ['90', 1],
  ['3600', 3600],
  ['604800', 86_400],
  ['0', 60],
  ['', 60],
  ['soon', 60],
])('shows %s in the largest unit that it is whole in', (seconds, unit) => expect(unitFor(seconds)).toBe(unit))

it('gives back what was typed, in any unit', () => {
  for (const { seconds } of TIME_UNITS) expect(inUnit(fromUnit('7', seconds), seconds)).toBe('7')
})

it('keeps what is no number for the server to refuse', () => {
  for (const text of ['', '1.5', '-3', 'soon']) {
    expect(fromUnit(text, 60)).toBe(text)
    expect(inUnit(text, 60)).toBe(text)
  }
})

it('shows no fraction of a unit', () => expect(inUnit('90', 60)).toBeUndefined())
