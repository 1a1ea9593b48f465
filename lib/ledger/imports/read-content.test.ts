import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ENTITY_TYPES, type EntityType } from '@/lib/ledger/entity-types'
import { MAX_CONTENT_BYTES } from './limits'
import { readContent } from './read-content'

const read = async (type: EntityType, content: string | Buffer) => {
  const { entities, hints } = await readContent(content, { type, format: undefined, delimiter: undefined })
  return { rows: entities.rows, problems: entities.problems, hints, all: [...entities.byKey.values()] }
}

const problemsOf = async (type: EntityType, content: string) => (await read(type, content)).problems

test('a file may be packed; what is broken off or too large unpacked is refused', async () => {
  const packed = gzipSync('login\nann\n')
  expect(await read('account', packed)).toMatchObject({ rows: 1, problems: [] })
  await expect(read('account', packed.subarray(0, 12))).rejects.toMatchObject({ code: 'invalid' })
  const bomb = gzipSync(Buffer.alloc(MAX_CONTENT_BYTES + 1, '\n'))
  await expect(read('account', bomb)).rejects.toMatchObject({ code: 'too_large' })
})

const recorded = (name: string) => readFileSync(new URL(`../../../e2e/data/ledger/${name}`, import.meta.url))

test('the four recorded files are read as they are', async () => {
  const accounts = await read('account', recorded('accounts.csv'))
  expect(accounts).toMatchObject({ rows: 5, problems: [], hints: [] })
  expect(accounts.all[0]).toMatchObject({
    key: 'THESHIRE\\wardog',
    line: 2,
    rows: [
      {
        from: null,
        to: null,
        displayName: 'wardog (domain administrator)',
        attributes: { login: 'wardog', sid: 'S-1-5-21-4020993649-1037605423-417876593-500' },
        links: { repository: ['THESHIRE'], identity: ['wardog'] },
      },
    ],
  })
  expect(accounts.all[3]?.rows[0]?.links).toEqual({ repository: ['NT AUTHORITY'] })
  for (const [type, name, rows] of [
    ['identity', 'identities.csv', 3],
    ['group', 'groups.csv', 3],
    ['organisation', 'organisations.csv', 3],
  ] as const)
    expect(await read(type, recorded(name))).toMatchObject({ rows, problems: [], hints: [] })
})

test('encodings, delimiters, quotes and the spelling of names are found out', async () => {
  const text = 'Key,Display Name,HR Code\r\nmüller,"Müller, ""Max""",7\r\n'
  const expected = [
    {
      key: 'müller',
      rows: [{ displayName: 'Müller, "Max"', attributes: { hr_code: '7' } }],
    },
  ]
  for (const content of [
    text,
    `\ufeff${text}`,
    Buffer.from(text),
    Buffer.from(text, 'latin1'),
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
    text.replaceAll(',', '\t').replace('Müller\t', 'Müller,'),
    text.replaceAll('\r\n', '\n'),
  ])
    expect((await read('identity', content)).all, JSON.stringify(content.toString())).toMatchObject(expected)
  expect((await read('identity', 'key\nann\n\nbob')).all).toMatchObject([
    { key: 'ann' },
    { key: 'bob', line: 4 },
  ])
})

test('JSON is a list of objects, nested or flat, numbers and all', async () => {
  const entries = [
    { login: 'ann', repository: 'CORP', groups: ['a', 'b'], uid: 7, note: null, validFrom: '2026-03-01' },
    { key: 'x', attributes: { login: 'bob' }, links: { groups: ['b', 'B'], identity: 'Bob' } },
  ]
  for (const content of [JSON.stringify(entries), JSON.stringify({ entities: entries })]) {
    const { all, problems } = await read('account', content)
    expect(problems).toEqual([])
    expect(all).toMatchObject([
      {
        key: 'CORP\\ann',
        line: 1,
        rows: [
          {
            from: Date.UTC(2026, 2, 1),
            attributes: { login: 'ann', uid: '7' },
            links: { groups: ['a', 'b'] },
          },
        ],
      },
      { key: 'x', rows: [{ links: { groups: ['B'], identity: ['Bob'] } }] },
    ])
  }
  expect(
    await problemsOf('account', '[{"login":{}},7,{"login":["a","b"]},{"login":"x","LOGIN":"y"}]'),
  ).toMatchObject([
    { line: 1, column: 'login', detail: expect.stringContaining('neither a text') },
    { line: 1, detail: expect.stringContaining('neither a key nor a login') },
    { line: 2, detail: expect.stringContaining('no object') },
    { line: 3, column: 'login', detail: expect.stringContaining('a list') },
    { line: 3 },
    { line: 4, column: 'LOGIN', detail: expect.stringContaining('twice') },
  ])
  await expect(read('account', '[{')).rejects.toMatchObject({ code: 'invalid' })
  await expect(read('account', '{"entries":[]}')).rejects.toMatchObject({ code: 'invalid' })
})

test.each([
  ['', 1, 'names the columns'],
  ['display_name;email\nAnn;a@b', 1, 'no column key, nor name'],
  ['key;key\na;b', 1, 'Columns 1 and 2'],
  ['key;a{b\na;b', 1, 'braces'],
  ['key;;email\na;b;c', 2, 'Column 2 has a value and no name'],
  ['key;email\na;b\nc', 3, 'The row has 1 cells, the header has 2'],
  ['key;email\n;b', 2, 'neither a key nor a name'],
  ['key;valid_from\na;01.03.2026', 2, '"01.03.2026" is no time'],
  ['key;valid_from\na;2026-02-30', 2, '"2026-02-30" is no time'],
  ['key;valid_from;valid_to\na;2026-03-01;2026-03-01', 2, 'not after valid_from'],
  ['key;email\na;b\nA;c', 3, '"A" is in line 2 already'],
  ['key;valid_to\na;2026-03-01\na;2026-02-01', 3, 'already, for the same time'],
  ['key;email\na|b;c', 2, 'can’t have a "|"'],
  [`key;email\n${'a'.repeat(257)};c`, 2, 'longer than 256'],
  [`key;email\na;${'b'.repeat(2001)}`, 2, 'longer than 2000'],
  ['key;email\na;"b\nc', 2, 'never closed'],
  ['key;email\na;b\0', 2, 'cannot be stored'],
])('what is wrong with %j is told with its line', async (content, line, detail) => {
  expect(await problemsOf('identity', content)).toMatchObject([
    { line, detail: expect.stringContaining(detail) },
  ])
})

test('lines are those of the file, also behind cells of several lines', async () => {
  const content = 'key;note;valid_to\na;"one\ntwo\nthree";\n\nb;x;never\n'
  expect(await problemsOf('identity', content)).toMatchObject([{ line: 6, column: 'valid_to' }])
})

test('one key may have several rows, for times that follow each other', async () => {
  const content = 'key;valid_from;valid_to;email\nAnn;2026-03-01;;new\nann;;2026-03-01;old\n'
  expect((await read('identity', content)).all).toMatchObject([{ key: 'Ann', rows: [{}, {}] }])
})

test('a column that is nearly one that means something is hinted at, and taken', async () => {
  const { hints, problems } = await read('account', 'login;repositry\nann;CORP')
  expect(problems).toEqual([])
  expect(hints).toEqual([
    expect.stringContaining('"repositry" is taken as an attribute. If you meant repository'),
  ])
})

test('no more than fifty problems are told, and packed files and broken letters are refused', async () => {
  expect(await problemsOf('identity', `key;a\n${'x\n'.repeat(100)}`)).toHaveLength(50)
  await expect(read('identity', Buffer.from('PK\x03\x04 xlsx'))).rejects.toMatchObject({ code: 'invalid' })
  const mixed = Buffer.concat([Buffer.from('key\nö\nä\nü\n'), Buffer.from([0xe9, 0x0a])])
  await expect(read('identity', mixed)).rejects.toMatchObject({ code: 'invalid' })
})

test('no text whatever makes it fail with anything but a problem or an expected error', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ENTITY_TYPES),
      fc.array(
        fc.constantFrom(
          'key',
          'login',
          'name',
          ';',
          ',',
          '"',
          '\n',
          '|',
          'groups',
          '2026-01-01',
          "'=",
          '__proto__',
          ' ',
          '\r',
        ),
        { maxLength: 40 },
      ),
      async (type, parts) => {
        await readContent(parts.join(''), { type, format: 'csv', delimiter: undefined })
      },
    ),
    { numRuns: 500 },
  )
})
