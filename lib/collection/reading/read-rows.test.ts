import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRaw } from './parse-raw'
import { DELIMITERS, ENCODINGS, QUOTES, type Reading } from './reading'
import { encodeText, writeCsv } from './testing/csv-writer'
import { inPieces, readAll, readBatches } from './testing/read-all'

const UTF_8: Reading = {
  encoding: 'utf-8',
  bomBytes: 0,
  delimiter: ';',
  quote: '"',
  header: 'none',
  lineEnd: 'lf',
}

const anyReading: fc.Arbitrary<Reading> = fc
  .record({
    encoding: fc.constantFrom(...ENCODINGS),
    hasMark: fc.boolean(),
    delimiter: fc.constantFrom(...DELIMITERS),
    quote: fc.constantFrom(...QUOTES),
    header: fc.constantFrom('first' as const, 'none' as const),
    lineEnd: fc.constantFrom('lf' as const, 'cr' as const),
  })
  .map(({ hasMark, ...reading }) => ({
    ...reading,
    bomBytes: !hasMark || reading.encoding === 'latin1' ? 0 : reading.encoding === 'utf-8' ? 3 : 2,
  }))

/** Letters that mean something to a reader, and some that take one, two, three and four bytes. */
const LETTERS = ['a', 'b', ' ', ';', ',', '\t', '|', '"', "'", '\n', '\r', 'é', '€', '漢', '😀', '\u2028']
const lettersOf = ({ encoding }: Reading) => (encoding === 'latin1' ? LETTERS.slice(0, 12) : LETTERS)
const pieceSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })

/** Cells that a file with this reading can hold, in rows that are not blank lines. */
function anyRows(reading: Reading): fc.Arbitrary<string[][]> {
  const forbidden = reading.quote === '' ? /[\r\n]/ : /$^/
  const cell = fc
    .array(fc.constantFrom(...lettersOf(reading)), { maxLength: 6 })
    .map((letters) => letters.join(''))
    .filter((text) => !forbidden.test(text) && (reading.quote !== '' || !text.includes(reading.delimiter)))
  return fc
    .integer({ min: 2, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
    )
}

test('what a CSV writer wrote is read as it was: every encoding, delimiter, quote and line end, in pieces of any size', async () => {
  const cases = anyReading.chain((reading) =>
    fc.record({
      reading: fc.constant(reading),
      rows: anyRows(reading),
      quotesAll: fc.boolean(),
      lastEnd: fc.boolean(),
      isCrLf: fc.boolean(),
      sizes: pieceSizes,
      maxRows: fc.integer({ min: 1, max: 5 }),
    }),
  )
  await fc.assert(
    fc.asyncProperty(cases, async ({ reading, rows, quotesAll, lastEnd, isCrLf, sizes, maxRows }) => {
      const lineEnd = reading.lineEnd === 'cr' ? '\r' : isCrLf ? '\r\n' : '\n'
      const content = encodeText(writeCsv(rows, reading, { lineEnd, quotesAll, lastEnd }), reading)
      const columns = (rows[0] as string[]).map((_, i) => `c${i}`)
      const read = await readAll(content, { reading, columns, maxRows }, sizes)
      const expected = reading.header === 'first' ? rows.slice(1) : rows
      expect(read.map((row) => ('cells' in row ? row.cells : row))).toEqual(expected)
      for (const row of read)
        expect(parseRaw(row.raw as string, reading, columns)).toEqual('cells' in row && row.cells)
    }),
    { numRuns: 200 },
  )
}, 60_000)

test('reading on from any batch gives precisely the rest, whatever stands in the file and however it comes', async () => {
  const cases = anyReading.chain((reading) =>
    fc.record({
      reading: fc.constant(reading),
      letters: fc.array(
        fc.constantFrom(...lettersOf(reading), '\0', reading.quote, reading.delimiter, '\n'),
        { maxLength: 80 },
      ),
      spoiled: fc.array(fc.nat(200), { maxLength: 3 }),
      sizes: pieceSizes,
      maxRows: fc.integer({ min: 1, max: 4 }),
      maxBytes: fc.integer({ min: 1, max: 100 }),
    }),
  )
  await fc.assert(
    fc.asyncProperty(cases, async ({ reading, letters, spoiled, sizes, maxRows, maxBytes }) => {
      const content = encodeText(letters.join(''), reading)
      for (const place of spoiled)
        if (place >= reading.bomBytes && place < content.length) content[place] = 0xff
      const input = { reading, columns: ['a', 'b', 'c'] }
      const whole = await readAll(content, input)
      const batches = await readBatches(inPieces(content, sizes), { ...input, maxRows, maxBytes })
      expect(batches.flatMap(({ rows }) => rows)).toEqual(whole)
      if (content.length > 0) expect(batches.at(-1)?.readBytes).toBe(content.length)
      let seen = 0
      for (const { rows, readBytes, readLines } of batches) {
        seen += rows.length
        const from = { byte: readBytes, line: readLines }
        const rest = await readAll(content.subarray(readBytes), { ...input, from }, sizes)
        expect(rest).toEqual(whole.slice(seen))
      }
    }),
    { numRuns: 300 },
  )
}, 60_000)

test('a row that was rejected is rejected again for the same reason when it is read from what was kept', async () => {
  const letters = fc.array(fc.constantFrom(...LETTERS, '"', ';', '\n'), { maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(letters, async (made) => {
      const columns = ['a', 'b']
      for (const row of await readAll(Buffer.from(made.join('')), { reading: UTF_8, columns })) {
        if (row.raw === null) throw new Error('nothing here is too long to be kept')
        expect(parseRaw(row.raw, UTF_8, columns)).toEqual('cells' in row ? row.cells : row.reject)
      }
    }),
    { numRuns: 200 },
  )
}, 60_000)

test('lines are counted as an editor counts them: blank ones, and those within quotes', async () => {
  const content = Buffer.from('\r\na;b\r\n\n  \n1;"x\r\ny"\n\n2;z\n')
  const read = await readAll(content, { reading: { ...UTF_8, header: 'first' }, columns: ['a', 'b'] })
  expect(read).toEqual([
    { line: 5, raw: '1;"x\r\ny"', cells: ['1', 'x\r\ny'] },
    { line: 8, raw: '2;z', cells: ['2', 'z'] },
  ])
})

test('a quote within an unquoted cell is a letter', async () => {
  const read = await readAll(Buffer.from('5" disk;it\'s "so"\n'), { reading: UTF_8, columns: ['a', 'b'] })
  expect(read).toMatchObject([{ cells: ['5" disk', 'it\'s "so"'] }])
})

test('windows-1252 has its letters where ISO 8859-1 has control characters', async () => {
  const reading: Reading = { ...UTF_8, encoding: 'latin1' }
  const read = await readAll(Buffer.from([0x80, 0x3b, 0x93, 0xe9, 0x94, 0x0a]), {
    reading,
    columns: ['a', 'b'],
  })
  expect(read).toMatchObject([{ cells: ['€', '“é”'] }])
})

test('a file that is left in the middle is closed', async () => {
  let isClosed = false
  async function* bytes() {
    try {
      for (;;) yield Buffer.from('1;2\n')
    } finally {
      isClosed = true
    }
  }
  const input = {
    reading: UTF_8,
    columns: ['a', 'b'],
    from: { byte: 0, line: 0 },
    maxRows: 10,
    maxBytes: 1000,
  }
  const { readRows } = await import('./read-rows')
  for await (const { rows } of readRows(bytes(), input)) {
    expect(rows).toHaveLength(10)
    break
  }
  expect(isClosed).toBe(true)
})
