import { readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { detectReading } from './detect-reading'
import { HEAD_BYTES } from './limits'
import { readAll } from './testing/read-all'

const TEXT = 'id,naïve,x\n1,"a\nb",3\n2,ü,4\n'
const HEADER = ['id', 'naïve', 'x']
const SEMICOLONS = 'id;user;note\n1;ann;x\n2;bob;y\n'
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()
const messageOf = (head: Buffer, choice = {}) => {
  try {
    return JSON.stringify(detectReading(head, choice))
  } catch (error) {
    return (error as Error).message
  }
}

test('the recorded Windows events are read as they are: 6,138 rows, no doubts, no rejects', async () => {
  const content = gunzipSync(readFileSync('e2e/data/windows-security/security.csv.gz'))
  const { reading, header, doubts } = detectReading(content.subarray(0, HEAD_BYTES), {})
  expect(reading).toEqual({
    encoding: 'utf-8',
    bomBytes: 0,
    delimiter: ';',
    quote: '"',
    header: 'first',
    lineEnd: 'lf',
  })
  expect(header).toHaveLength(11)
  expect(doubts).toEqual([])
  const rows = await readAll(content, { reading, columns: header ?? [] })
  expect(rows).toHaveLength(6138)
  expect(rows.filter((row) => 'reject' in row)).toEqual([])
})

test('the encoding is told by its mark, by its zero bytes, by being UTF-8, or is windows-1252', () => {
  const cases = [
    [Buffer.from(TEXT), 'utf-8', 0],
    [Buffer.from(`\ufeff${TEXT}`), 'utf-8', 3],
    [Buffer.from(TEXT, 'utf16le'), 'utf-16le', 0],
    [Buffer.from(`\ufeff${TEXT}`, 'utf16le'), 'utf-16le', 2],
    [utf16be(TEXT), 'utf-16be', 0],
    [utf16be(`\ufeff${TEXT}`), 'utf-16be', 2],
    [Buffer.from(TEXT, 'latin1'), 'latin1', 0],
  ] as const
  for (const [head, encoding, bomBytes] of cases)
    expect(detectReading(head, {})).toMatchObject({
      reading: { encoding, bomBytes, delimiter: ',' },
      header: HEADER,
    })
})

test('a letter that the head cuts in two does not make UTF-8 something else', () => {
  const line = 'é;'.repeat(50)
  const head = Buffer.from(`a;b\n${`${line}\n`.repeat(3000)}`)
  for (const shift of [0, 1, 2]) {
    const cut = Buffer.concat([Buffer.alloc(shift, 'x'), head]).subarray(0, HEAD_BYTES)
    expect(detectReading(cut, {}).reading.encoding).toBe('utf-8')
  }
  expect(detectReading(Buffer.from('a;b\n1;é').subarray(0, -1), {}).reading.encoding).toBe('utf-8')
})

test('a few damaged rows among many in UTF-8 do not make all of them windows-1252', () => {
  const head = Buffer.concat([Buffer.from('a;b\n1;é\n2;é\n'), Buffer.from([0x33, 0x3b, 0xe9, 0x0a])])
  const { reading, doubts } = detectReading(head, {})
  expect(reading.encoding).toBe('utf-8')
  expect(doubts).toEqual([
    'It is read as UTF-8, but lines at its beginning are not (1): they will be rejected.',
  ])
})

test('the delimiter is the one by which rows agree, not the one that is most frequent', () => {
  for (const delimiter of [';', ',', '\t', '|']) {
    const head = [`a${delimiter}b`, `1${delimiter}2`, `3${delimiter}"x${delimiter}y"`].join('\n')
    expect(detectReading(Buffer.from(head), {}).reading.delimiter).toBe(delimiter)
  }
  const commas = 'when;what\n1;a, b, c, d\n2;e, f\n3;g\n'
  expect(detectReading(Buffer.from(commas), {}).reading.delimiter).toBe(';')
})

test('quotes are double unless cells plainly stand in single ones, or quotes break most rows', () => {
  expect(detectReading(Buffer.from("'a';'b'\n'1;x';'2'\n"), {})).toMatchObject({
    reading: { quote: "'" },
    header: ['a', 'b'],
  })
  const letters = `a,b\n${'"x" is,2\n'.repeat(6)}`
  expect(detectReading(Buffer.from(letters), {}).reading.quote).toBe('')
  expect(detectReading(Buffer.from('a;b\n1;2\n"x;2\n3;4\n'), {}).reading.quote).toBe('"')
})

test('line ends: CRLF, LF and both are one kind, a carriage return alone is another', () => {
  const of = (text: string) => detectReading(Buffer.from(text), {}).reading.lineEnd
  expect(of(SEMICOLONS.replaceAll('\n', '\r\n'))).toBe('lf')
  expect(of(`${SEMICOLONS}3;eve;z\r\n`)).toBe('lf')
  expect(of(SEMICOLONS.replaceAll('\n', '\r'))).toBe('cr')
  expect(of('id;user;note\r')).toBe('lf')
})

test('what the silo says counts more than what seems right', () => {
  const choice = { encoding: 'latin1', delimiter: ',', quote: '', header: 'none' } as const
  expect(detectReading(Buffer.from(SEMICOLONS), choice)).toMatchObject({ reading: choice, header: null })
})

test('the silo can not say what the first bytes refute', () => {
  expect(messageOf(Buffer.from(SEMICOLONS), { encoding: 'utf-16le' })).toContain('this file is not')
  expect(messageOf(Buffer.from(`\ufeff${SEMICOLONS}`, 'utf16le'), { encoding: 'utf-8' })).toContain(
    'begins with the byte order mark of UTF-16 (little endian), the silo says UTF-8',
  )
})

test('a first row of values is no header, and the person is told', () => {
  const { reading, header, doubts } = detectReading(Buffer.from('1;2020-09-14;a\n2;2020-09-15;b\n'), {})
  expect([reading.header, header]).toEqual(['none', null])
  expect(doubts).toEqual([expect.stringContaining('The first row holds values, not names')])
})

test('a header names each column once: what is blank, doubled or broken is refused with its place', () => {
  const cases = {
    'a;;c\n1;2;3\n': 'The header, line 1: column 2 of 3 has no name.',
    '\n\na;b; a \n': 'The header, line 3: columns 1 and 3 are both named "a".',
    'a;{b}\n': 'the name of column 2, "{b}", has a brace',
    [`a;${'b'.repeat(201)}\n`]: 'the name of column 2 is longer than 200 letters',
    [`${Array.from({ length: 501 }, (_, i) => `c${i}`).join(';')}\n`]: '501 columns are more than 500',
    'a;"b"c\n1;2\n': "can't be read: a quote is not closed",
  }
  for (const [text, message] of Object.entries(cases)) expect(messageOf(Buffer.from(text))).toContain(message)
  expect(messageOf(Buffer.from('a;n\xe9\n1;2\n', 'latin1'), { encoding: 'utf-8' })).toContain('is not UTF-8')
})

test('what is not rows of text is refused with what to do', () => {
  const cases = {
    'The file is empty': [Buffer.alloc(0), Buffer.from('\ufeff'), Buffer.from('\n \r\n\n')],
    'packed with gzip': [gzipSync(SEMICOLONS)],
    'zip archive': [Buffer.from('PK\u0003\u0004rest')],
    'This is JSON': [Buffer.from('{"a":1}\n'), Buffer.from('[\n  {"a": 1}]'), Buffer.from('{\n  "a": 1\n}')],
    'This is XML': [Buffer.from('<?xml version="1.0"?>\n<Events>')],
    'full of control characters': [Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7) % 256))],
    'UTF-32': [Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0])],
    'The first line has not ended': [Buffer.alloc(HEAD_BYTES, 'x')],
  }
  for (const [message, heads] of Object.entries(cases))
    for (const head of heads) expect(messageOf(head)).toContain(message)
})

test('one column, and a header alone, are taken with a doubt', () => {
  const single = detectReading(Buffer.from('name\nalice\nbob\n'), {})
  expect(single).toMatchObject({ header: ['name'], doubts: [expect.stringContaining('a single column')] })
  const alone = detectReading(Buffer.from('a;b'), {})
  expect(alone).toMatchObject({ header: ['a', 'b'], doubts: ['There are no rows below the header.'] })
})
