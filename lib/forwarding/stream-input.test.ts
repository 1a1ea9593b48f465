import { expect, it } from 'vitest'
import { replayBodySchema } from './stream-input'

const wrongFields = (input: object) =>
  replayBodySchema.safeParse(input).error?.issues.map(({ path }) => path.join('.'))

it.each([
  [{ what: 'range', fromSeq: '5', throughSeq: '2' }, ['throughSeq']],
  [{ what: 'range', from: '2026-11-21T10:00:00Z', to: '2026-11-21T10:00:00+01:00' }, ['to']],
  [{ what: 'range', fromSeq: '5', throughSeq: '5' }, undefined],
])('a replay that ends before it begins is refused at its end: %j', (input, expected) =>
  expect(wrongFields(input)).toEqual(expected),
)
