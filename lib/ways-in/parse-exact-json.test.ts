import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseExactJson } from './parse-exact-json'

const parse = (text: string) => parseExactJson(Buffer.from(text))

test.each([
  ['{"n":9007199254740993}', { n: '9007199254740993' }],
  ['[-9007199254740993,1e400]', ['-9007199254740993', '1e400']],
  [
    '{"n": 1767225600123456789, "s":"a 9007199254740993 \\" 1e999"}',
    { n: '1767225600123456789', s: 'a 9007199254740993 " 1e999' },
  ],
  ['9007199254740993', '9007199254740993'],
  [
    '{"n":9007199254740991,"f":0.1234567890123456,"e":1e3}',
    { n: 9007199254740991, f: 0.1234567890123456, e: 1000 },
  ],
])('%s loses no digit', (text, value) => {
  expect(parse(text)).toEqual(value)
})

test('all other JSON is what JSON.parse makes of it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      const expected = JSON.parse(text, (_, item) =>
        Number.isInteger(item) && !Number.isSafeInteger(item) ? String(item) : item,
      )
      expect(parse(text)).toEqual(expected)
    }),
  )
})

test('a million digits and a thousand escapes are read in one go', () => {
  const text = JSON.stringify({ s: '\\"'.repeat(100_000), t: 'x'.repeat(1_000_000) })
  const withLarge = `${text.slice(0, -1)},"n":${'9'.repeat(300)}}`
  expect(parse(withLarge)).toMatchObject({ n: '9'.repeat(300), s: '\\"'.repeat(100_000) })
})

test('a text that never ends is refused as fast as it is read', () => {
  const begun = performance.now()
  expect(() => parse(`{"n":12345678901234567890,"s":"${'\\"'.repeat(100_000)}`)).toThrow(/not JSON/)
  // Each quote tried anew would take minutes.
  expect(performance.now() - begun).toBeLessThan(5_000)
})

test('what is no JSON, or no UTF-8, is refused', () => {
  expect(() => parse('{"n":12345678901234567890')).toThrow(/not JSON/)
  expect(() =>
    parseExactJson(
      Buffer.concat([Buffer.from('{"n":12345678901234567890,"s":"'), Buffer.from([0xc3, 0x28])]),
    ),
  ).toThrow(/UTF-8/)
})
