import { expect, test } from 'vitest'
import { diffValues } from './diff-values'

const json = (value: unknown) => JSON.stringify(value)

test('JSON is compared by members, whatever their order and spaces', () => {
  const before = json({ name: 'a', tags: ['x', 'y'], owner: { id: 1, kind: 'user' }, gone: null })
  const after = JSON.stringify(
    { owner: { kind: 'user', id: 2 }, tags: ['w', 'x', 'y'], name: 'a', fresh: true },
    null,
    2,
  )
  expect(diffValues(before, after)).toEqual({
    form: 'json',
    changes: [
      { kind: 'changed', path: ['owner', 'id'], oldValue: 1, newValue: 2 },
      { kind: 'added', path: ['tags', 0], newValue: 'w' },
      { kind: 'added', path: ['fresh'], newValue: true },
      { kind: 'removed', path: ['gone'], oldValue: null },
    ],
    unchanged: 4,
  })
})

test('an item of a list that was changed is compared with the one in its place', () => {
  const before = json([{ id: 1, on: true }, { id: 2 }])
  const after = json([{ id: 1, on: false }, { id: 2 }, { id: 3 }])
  expect(diffValues(before, after)).toMatchObject({
    changes: [
      { kind: 'changed', path: [0, 'on'], oldValue: true, newValue: false },
      { kind: 'added', path: [2], newValue: { id: 3 } },
    ],
  })
})

test('what was created or deleted as JSON is listed by members', () => {
  expect(diffValues(undefined, json({ a: 1 }))).toMatchObject({
    form: 'json',
    changes: [{ kind: 'added', path: ['a'], newValue: 1 }],
  })
  expect(diffValues(json([1]), undefined)).toMatchObject({ changes: [{ kind: 'removed', path: [0] }] })
})

test.each([
  ['a long number', '{"id":12345678901234567890}', '{"id":12345678901234567891}'],
  ['a name that stands twice', '{"a":1,"a":2}', '{"a":2}'],
  ['another spelling only', '{"a":1}', '{ "a": 1 }'],
  ['an object and a list', '{}', '[]'],
  ['a depth that would exhaust the stack', '['.repeat(30_000) + ']'.repeat(30_000), '[]'],
  ['no JSON', '{a}', '{b}'],
  ['scalars', '1', '2'],
])('%s is compared as text, so that no difference is lost', (_, before, after) => {
  expect(diffValues(before, after)).toMatchObject({
    form: 'text',
    lines: expect.arrayContaining([expect.objectContaining({ kind: 'added' })]),
  })
})

test('numbers and escapes may be written either way', () =>
  expect(diffValues('{"a":1.0,"b":"\\u00e4","n":1}', '{"a":1,"b":"ä","n":2}')).toMatchObject({
    form: 'json',
    changes: [{ path: ['n'] }],
  }))

test('equal values have no difference', () => expect(diffValues('x', 'x')).toEqual({ form: 'equal' }))
