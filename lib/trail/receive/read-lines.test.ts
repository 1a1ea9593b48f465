import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLines } from './read-lines'

async function linesOf(chunks: Buffer[], maxBytes = 100) {
  async function* source() {
    yield* chunks
  }
  const lines: (string | number)[][] = []
  for await (const line of readLines(source(), maxBytes))
    lines.push([line.number, 'bytes' in line ? line.bytes.toString() : line.tooLongBytes])
  return lines
}

test('lines are the same however the bytes are cut', async () => {
  const text = 'one\r\ntwo\n\nfour ä\n   \nlast without end'
  const whole = await linesOf([Buffer.from(text)])
  expect(whole).toEqual([
    [1, 'one'],
    [2, 'two'],
    [4, 'four ä'],
    [5, '   '],
    [6, 'last without end'],
  ])
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: Buffer.byteLength(text) }), { maxLength: 8 }),
      async (cuts) => {
        const bytes = Buffer.from(text)
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length]
        const chunks = at.slice(1).map((end, i) => bytes.subarray(at[i], end))
        expect(await linesOf(chunks)).toEqual(whole)
      },
    ),
  )
})

test('a line above the limit is counted and let go, and the next is read', async () => {
  const chunks = ['ok\n', 'x'.repeat(80), 'x'.repeat(80), `${'x'.repeat(40)}\nnext\n`].map((text) =>
    Buffer.from(text),
  )
  expect(await linesOf(chunks)).toEqual([
    [1, 'ok'],
    [2, 200],
    [3, 'next'],
  ])
})
