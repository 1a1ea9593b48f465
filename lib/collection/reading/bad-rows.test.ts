import { expect, test } from 'vitest'
import type { ReadRow } from './read-row'
import type { Reading } from './reading'
import { readAll } from './testing/read-all'

const READING: Reading = {
  encoding: 'utf-8',
  bomBytes: 0,
  delimiter: ';',
  quote: '"',
  header: 'first',
  lineEnd: 'lf',
}
const COLUMNS = ['id', 'user', 'note']

/** Reads rows below a header; the good ones shortly, the bad ones whole. */
async function read(content: string | Buffer, reading: Reading = READING): Promise<(string | ReadRow)[]> {
  const rows = await readAll(Buffer.concat([Buffer.from('id;user;note\n'), Buffer.from(content)]), {
    reading,
    columns: COLUMNS,
  })
  return rows.map((row) => ('cells' in row ? `${row.line}:${row.cells.join('/')}` : row))
}

test('too few cells: says how many there are, and what is missing', async () => {
  expect(await read('1;ann;x\n2;bob\n3;eve;z\n')).toEqual([
    '2:1/ann/x',
    {
      line: 3,
      raw: '2;bob',
      reject: {
        code: 'too_few_cells',
        column: 'note',
        reason:
          'The row has 2 cells, the file has 3 columns. Nothing stands for column 3 (note) and what follows. Look for a missing semicolon or a line end within a cell.',
      },
    },
    '4:3/eve/z',
  ])
})

test('too many cells: shows the first surplus one', async () => {
  expect(await read('1;ann;x;y;z\n2;bob;x\n')).toMatchObject([
    { line: 2, raw: '1;ann;x;y;z', reject: { code: 'too_many_cells', value: 'y' } },
    '3:2/bob/x',
  ])
})

test('a quote that is not closed costs its own line, not what follows', async () => {
  expect(await read('1;"ann;x\n2;bob;y\n3;"eve";z\n4;"mia\n5;"leo";"z"\n')).toMatchObject([
    { line: 2, raw: '1;"ann;x', reject: { code: 'unclosed_quote', column: 'user', value: '"ann;x' } },
    '3:2/bob/y',
    '4:3/eve/z',
    { line: 5, raw: '4;"mia', reject: { code: 'unclosed_quote', column: 'user' } },
    '6:5/leo/z',
  ])
})

test('text behind a closing quote is rejected with the cell it is in', async () => {
  expect(await read('1;"ann" x;y\n2;bob;"a"b"\n3;eve;z\n')).toMatchObject([
    { line: 2, reject: { code: 'stray_quote', column: 'user' } },
    { line: 3, reject: { code: 'stray_quote', column: 'note', value: '"a"b"' } },
    '4:3/eve/z',
  ])
})

test('a row of several lines with a wrong number of cells is one reject, with all its lines', async () => {
  expect(await read('1;"a\nb"\n2;"c\nd";x;y\n3;"e\nf";z\n')).toMatchObject([
    { line: 2, raw: '1;"a\nb"', reject: { code: 'too_few_cells' } },
    { line: 4, raw: '2;"c\nd";x;y', reject: { code: 'too_many_cells' } },
    '6:3/e\nf/z',
  ])
})

test('what is not UTF-8 is rejected with its byte and shown as bytes; it is not kept, because it is no text', async () => {
  const bytes = Buffer.from('1;zoë;x\n2;zo\xeb;x\n3;eve;\xff\n4;é\ufffd;y\n', 'latin1')
  const content = Buffer.concat([Buffer.from('0;zoë\ufffd;x\n'), bytes.subarray(bytes.indexOf(10) + 1)])
  expect(await read(content)).toMatchObject([
    '2:0/zoë\ufffd/x',
    {
      line: 3,
      raw: null,
      reject: {
        code: 'wrong_encoding',
        column: 'user',
        value: 'zo\\xEB',
        reason: expect.stringContaining('Byte 5 of the row in column 2 (user) is not UTF-8.'),
      },
    },
    { line: 4, raw: null, reject: { code: 'wrong_encoding', column: 'note', value: '\\xFF' } },
    { line: 5, reject: { code: 'wrong_encoding' } },
  ])
})

test('half of a surrogate pair, and half a letter at the end, are rejected in UTF-16', async () => {
  const reading: Reading = { ...READING, encoding: 'utf-16le', header: 'none' }
  const content = Buffer.from('1;\ud83d;x\n2;😀;y\n3;z;w', 'utf16le')
  const rows = await readAll(Buffer.concat([content, Buffer.from([0x41])]), { reading, columns: COLUMNS })
  expect(rows).toMatchObject([
    { line: 1, raw: null, reject: { code: 'wrong_encoding', column: 'user' } },
    { line: 2, cells: ['2', '😀', 'y'] },
    { line: 3, raw: null, reject: { code: 'wrong_encoding', column: 'note' } },
  ])
})

test('NUL bytes are rejected where they stand, and the rows around them are read', async () => {
  expect(await read('1;ann;x\n2;b\0b;y\n\0\0\0\0\n3;"e\0\nve";z\n4;mia;z\n')).toMatchObject([
    '2:1/ann/x',
    {
      line: 3,
      raw: null,
      reject: { code: 'nul_byte', column: 'user', value: 'b␀b', reason: expect.stringContaining('letter 2') },
    },
    { line: 4, raw: null, reject: { code: 'nul_byte', column: 'id' } },
    { line: 5, raw: null, reject: { code: 'nul_byte', column: 'user' } },
    '7:4/mia/z',
  ])
})
