import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitObjects } from './split-objects'

async function piecesOf(chunks: Buffer[], maxBytes = 1000) {
  async function* source() {
    yield* chunks
  }
  const pieces: unknown[] = []
  for await (const piece of splitObjects(source(), maxBytes))
    pieces.push('bytes' in piece ? piece.bytes.toString() : piece)
  return pieces
}

const cut = (text: string, cuts: number[]) => {
  const bytes = Buffer.from(text)
  const at = [0, ...cuts.map((each) => each % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end))
}

test('stacked objects come apart however they are written and the bytes are cut', async () => {
  const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), {
    minLength: 1,
    maxLength: 5,
  })
  const between = fc.constantFrom('', '\n', '\r\n', ' ', ',')
  await fc.assert(
    fc.asyncProperty(objects, between, fc.array(fc.nat(), { maxLength: 6 }), async (values, gap, cuts) => {
      const texts = values.map((value) => JSON.stringify(value))
      expect(await piecesOf(cut(texts.join(gap), cuts), 100_000)).toEqual(texts)
    }),
  )
})

test('an array of objects is taken as the objects', async () => {
  expect(await piecesOf([Buffer.from(' [ {"a":1}, {"b":[{}]} ] ')])).toEqual(['{"a":1}', '{"b":[{}]}'])
})

test('an object above the limit is counted and let go, and the next is read', async () => {
  const large = `{"a":"${'x'.repeat(2000)}"}`
  const pieces = await piecesOf(cut(`{"b":1}${large}{"c":1}`, [3, 500, 900]))
  expect(pieces).toEqual(['{"b":1}', { number: 1, tooLongBytes: large.length }, '{"c":1}'])
})

test.each([
  ['{"a":1}nonsense{"b":1}', ['{"a":1}', { number: 1, notAnObject: true }]],
  ['"text"', [{ number: 0, notAnObject: true }]],
  ['{"a":1}{"b":', ['{"a":1}', '{"b":']],
  ['{"a":"}', ['{"a":"}']],
  ['', []],
])('%s ends where no object can be told', async (text, pieces) => {
  expect(await piecesOf([Buffer.from(text)])).toEqual(pieces)
})
