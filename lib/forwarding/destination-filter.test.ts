import { expect, test } from 'vitest'
import { fromTrailFilter, toTrailFilter } from './destination-filter'

const chosen = (filter: string) => ({ types: [], levels: [], filter })

test('what is chosen comes back as it was', () => {
  const whole = {
    types: ['relay'],
    levels: ['error' as const],
    filter: 'actor=jdoe&from=2026-11-20T00%3A00%3A00Z',
  }
  expect(fromTrailFilter(toTrailFilter(whole))).toEqual(whole)
})

test.each(['actorEntity=identity:pgustavo', 'actor=jdoe&targetEntity=!group:admins'])(
  '%s is refused: whom an event belongs to changes with the ledger',
  (filter) => {
    const refusal = { pointer: '/filter', detail: expect.stringContaining('changes with the ledger') }
    expect(() => toTrailFilter(chosen(filter))).toThrow(
      expect.objectContaining({ details: { violations: [expect.objectContaining(refusal)] } }),
    )
  },
)

test.each(['from=-24h', 'to=-15m', 'actor=jdoe&from=-7d'])(
  '%s is refused: an event that waits would pass or not by when it is looked at',
  (filter) => {
    expect(() => toTrailFilter(chosen(filter))).toThrow(
      expect.objectContaining({ details: { violations: [expect.objectContaining({ pointer: '/filter' })] } }),
    )
  },
)
