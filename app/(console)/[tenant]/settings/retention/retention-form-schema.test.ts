import { expect, test } from 'vitest'
import { retentionFormSchema } from './retention-form-schema'

test('the flat form is the verb’s input: no days are for ever, each type has its own', () => {
  expect(retentionFormSchema.parse({ reason: 'policy 7' })).toEqual({
    days: null,
    types: [],
    reason: 'policy 7',
  })
  expect(retentionFormSchema.parse({ days: '365', types: ['relay 30', 'debug  7'], reason: 'why' })).toEqual({
    days: 365,
    types: [
      { type: 'relay', days: 30 },
      { type: 'debug', days: 7 },
    ],
    reason: 'why',
  })
})

test('what is wrong is said at its field', () => {
  const paths = (input: unknown) =>
    retentionFormSchema.safeParse(input).error?.issues.map(({ path }) => path[0]) ?? []
  expect(paths({ days: '0', reason: 'why' })).toEqual(['days'])
  expect(paths({ days: '30', types: ['relay 90'], reason: 'why' })).toEqual(['types'])
  expect(paths({ types: ['relay x'], reason: 'why' })).toEqual(['types'])
  expect(paths({})).toEqual(['reason'])
  // A row that was begun is never dropped silently.
  expect(paths({ types: ['relay '], reason: 'why' })).toEqual(['types'])
  expect(paths({ types: [' 30'], reason: 'why' })).toEqual(['types'])
  expect(paths({ types: ['Two words 30'], reason: 'why' })).toEqual(['types'])
})
