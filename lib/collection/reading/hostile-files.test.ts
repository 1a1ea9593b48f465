import { expect, test } from 'vitest'
import { BLOCK_BYTES, MAX_ROW_BYTES } from './limits'
import { readRows } from './read-rows'
import type { Reading } from './reading'
import { inPieces, readAll } from './testing/read-all'

const READING: Reading = {
  encoding: 'utf-8',
  bomBytes: 0,
  delimiter: ';',
  quote: '"',
  header: 'none',
  lineEnd: 'lf',
}
const COLUMNS = ['a', 'b']
/**
 * Three to thirty times as many are rejected here; looking through the next mebibyte for each row, it would be a
 * hundred.
 */
const MIN_LINES_A_SECOND = 10_000

test('a row at the limit is read, one byte more is rejected; however they are cut into pieces', async () => {
  for (const [encoding, letter] of [
    ['utf-8', 'x'],
    ['utf-8', '漢'],
    ['utf-16be', 'x'],
  ] as const) {
    const encode = (text: string) =>
      encoding === 'utf-8' ? Buffer.from(text) : Buffer.from(text, 'utf16le').swap16()
    const fill = Math.floor((MAX_ROW_BYTES - encode('1;').length) / encode(letter).length)
    const full = `1;${letter.repeat(fill)}`
    const pad = 'x'.repeat((MAX_ROW_BYTES - encode(full).length) / encode('x').length)
    const longest = full + pad
    expect(encode(longest)).toHaveLength(MAX_ROW_BYTES)
    const content = encode(`0;a\n${longest}\r\n${longest}x\n2;b\n`)
    for (const sizes of [[content.length], [1000], [BLOCK_BYTES * 3 + 2]]) {
      const rows = await readAll(content, { reading: { ...READING, encoding }, columns: COLUMNS }, sizes)
      expect(rows.map(({ line, raw }) => [line, raw?.length])).toEqual([
        [1, 3],
        [2, longest.length],
        [3, undefined],
        [4, 3],
      ])
      expect(rows[2]).toMatchObject({ reject: { code: 'row_too_long' } })
    }
  }
})

test('a line of a gigabyte is one reject in constant memory, tells that it is at work, and the rest is read', async () => {
  const piece = Buffer.alloc(1 << 20, 'x')
  const pieces = 1024
  async function* bytes() {
    yield Buffer.from('1;a\n2;')
    for (let i = 0; i < pieces; i++) yield piece
    yield Buffer.from('\n3;c\n')
  }
  const before = process.memoryUsage().rss
  const lines: number[] = []
  let emptyBatches = 0
  let readBytes = 0
  let grownBytes = 0
  const from = { byte: 0, line: 0 }
  for await (const batch of readRows(bytes(), {
    reading: READING,
    columns: COLUMNS,
    from,
    maxRows: 100,
    maxBytes: 1 << 20,
  })) {
    if (batch.rows.length === 0) emptyBatches++
    lines.push(...batch.rows.map(({ line }) => line))
    readBytes = batch.readBytes
    grownBytes = Math.max(grownBytes, process.memoryUsage().rss - before)
  }
  expect(lines).toEqual([1, 2, 3])
  expect(emptyBatches).toBeGreaterThan(10)
  expect(readBytes).toBe(pieces * piece.length + 11)
  expect(grownBytes).toBeLessThan(100 * 1024 * 1024)
}, 60_000)

/** Each would take time by the square of its size if the same text were looked through for every line of it. */
const HOSTILE: Record<string, (i: number) => string> = {
  'quotes that never close': (i) => `${i};"x\n`,
  'quotes that close and open in every line': () => 'x";"y\n',
  'a quote alone in every line': () => '"\n',
  'quotes that open, with doubled ones behind': () => '1;"x""y""\n',
  'one quote, then lines without': (i) => (i === 0 ? '1;"\n' : 'a;b\n'),
  'an opening quote now and then': (i) => (i % 1000 === 0 ? 'x";"y\n' : 'a;b\n'),
  'blank lines': () => '\n',
  'quotes within cells': () => 'x"\n',
}

for (const [name, line] of Object.entries(HOSTILE)) {
  test(`a hostile file takes linear time: ${name}`, async () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => line(i))
    const content = Buffer.from(lines.join(''))
    const columns = Array.from({ length: 50 }, (_, i) => `c${i}`)
    const start = process.cpuUsage()
    let seen = 0
    const from = { byte: 0, line: 0 }
    const pieces = inPieces(content, [1 << 20])
    for await (const batch of readRows(pieces, {
      reading: READING,
      columns,
      from,
      maxRows: 1000,
      maxBytes: 1 << 20,
    }))
      seen = batch.readLines
    const { user, system } = process.cpuUsage(start)
    const seconds = (user + system) / 1e6
    expect(seen).toBe(lines.length)
    expect(lines.length / seconds).toBeGreaterThan(MIN_LINES_A_SECOND)
  }, 60_000)
}
