import { expect, test } from 'vitest'
import { readData } from './read-data'

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

test.each([
  ['some text', { text: 'some text' }],
  ['{"a":1}', { a: 1 }],
  [' { "a" : [1.50, "x"] }', { a: [1.5, 'x'] }],
  ['{}', {}],
  ['{"__proto__":1}', JSON.parse('{"__proto__":1}')],
])('%s', (value, data) => {
  expect(readData(value)).toEqual(data)
})

test.each([
  '[1]',
  '1',
  '{"a":1',
  '{"a":1,"a":2}',
  '{"a":12345678901234567890}',
  '{"a":1e999}',
  '{"a":"\\ud800"}',
  '{"a":"\\u0000"}',
  nested(20),
])('what would be changed by being parsed stays the text that it is: %s', (value) => {
  expect(readData(value)).toEqual({ text: value })
})

test('an object that would read as bare words stays the text that it is', () => {
  expect(readData('{"text":"x"}')).toEqual({ text: '{"text":"x"}' })
  expect(readData('{"text":1}')).toEqual({ text: 1 })
})

test.each([
  ['quotes that never close', `{"a${'\\"'.repeat(120_000)}`],
  ['braces that never close', '{'.repeat(250_000)],
  ['nesting without end', nested(40_000)],
  ['spaces', ' '.repeat(250_000)],
  ['more than an event takes', `{"a":"${'x'.repeat(1_000_000)}"}`],
])('hostile data takes no time: %s', (_, value) => {
  const startMs = performance.now()
  expect(readData(value)).toEqual({ text: value })
  expect(performance.now() - startMs).toBeLessThan(1000)
})
