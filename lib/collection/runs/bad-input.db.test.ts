import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { collectFileAgain } from '@/lib/collection/files/collect-again'
import { getFile } from '@/lib/collection/files/get'
import { listRejects } from '@/lib/collection/rejects/list'
import { collectDue } from './collect-due'
import { getRun } from './get'
import { requestRun } from './request'
import type { RunKind } from './run-view'
import { makePlainSilo, PLAIN_COLUMNS, plainRow } from './testing/plain-silo'
import { handOver } from './testing/windows-silo'

const database = useTestDatabase()
const HEADER = PLAIN_COLUMNS.join(';')
const SILO = 'plain'

let scope: TenantScope

beforeEach(async () => {
  scope = await newMemberScope()
  await makePlainSilo(scope, SILO)
})

async function run(kind: RunKind = 'files') {
  const { id } = await requestRun(scope, { silo: SILO, kind })
  await collectDue({ budgetMs: 60_000 })
  return getRun(scope, { id })
}

async function refsInTrail(): Promise<string[]> {
  const rows = await database.owner()`select body::json ->> 'externalRef' as ref from events
    where tenant_id = ${scope.tenantId} and origin = ${`silo:${SILO}`} order by seq`
  return rows.map(({ ref }) => ref)
}

const rejects = async () => (await listRejects(scope, { silo: SILO, state: 'open', limit: 100 })).rejects

const row = plainRow
const bad = (fields: Record<number, string>) =>
  row('bad')
    .split(';')
    .map((cell, place) => fields[place] ?? cell)
    .join(';')

/** Each with a right row before and behind; `line` is where the wrong row begins. */
const BAD_ROWS: [
  string,
  string | Buffer,
  { code: string; line?: number; column?: string | null; value?: RegExp },
][] = [
  [
    'bytes that are no UTF-8',
    Buffer.from(bad({ 2: 'J\xf6rg' }), 'latin1'),
    { code: 'wrong_encoding', column: 'login', value: /J\\xF6rg/ },
  ],
  ['a NUL byte', bad({ 2: 'a\0b' }), { code: 'nul_byte', column: 'login', value: /a␀b/ }],
  ['too few cells', 'bad;20200102030405;anna', { code: 'too_few_cells', column: 'count' }],
  ['too many cells', `${bad({})};more;evenmore`, { code: 'too_many_cells', column: null, value: /^more$/ }],
  ['an unclosed quote', bad({ 2: '"anna' }), { code: 'unclosed_quote', column: 'login', value: /anna/ }],
  ['a stray quote', bad({ 2: '"an"na' }), { code: 'stray_quote', column: 'login' }],
  [
    'a date that does not exist',
    bad({ 1: '20200230000000' }),
    { code: 'date_invalid', column: 'date', value: /^20200230000000$/ },
  ],
  ['an hour that does not exist', bad({ 1: '20200228250000' }), { code: 'date_invalid', column: 'date' }],
  ['the count 0', bad({ 3: '0' }), { code: 'count_invalid', column: 'whatcount', value: /^0$/ }],
  ['the count 1.5', bad({ 3: '1.5' }), { code: 'count_invalid', column: 'whatcount' }],
  [
    'an unknown target type',
    bad({ 4: 'acount' }),
    { code: 'target_type_unknown', column: 'whattargettype', value: /^acount$/ },
  ],
  ['no login', bad({ 2: ' ' }), { code: 'field_missing', column: 'whologin' }],
  ['a row of more than a MiB', bad({ 2: 'x'.repeat(1_100_000) }), { code: 'row_too_long' }],
]

describe('of a file with one wrong row the rest is collected, and the reject has its place:', () => {
  test.each(BAD_ROWS)('%s', async (_, wrong, { code, column, value }) => {
    const text = Buffer.concat([
      // Enough of UTF-8 to tell that the file is.
      Buffer.from(`${HEADER}\n\n${row(1).replace('anna', 'änna')}\n`),
      Buffer.from(wrong as string),
      Buffer.from(
        `\n${row(2).replace('anna', 'änna')}\n"3\n";20200102030405;"an""na\n\n;x";1;account;bert\n${row(4)}`,
      ),
    ])
    const { file } = await handOver(scope, SILO, 'a.csv', text)
    const ended = await run()
    expect(ended).toMatchObject({
      state: 'finished',
      rows: 5,
      collected: 4,
      rejected: 1,
      duplicates: 0,
      error: null,
    })
    expect(ended.readBytes).toBe(ended.totalBytes)
    const [reject, ...others] = await rejects()
    expect(others).toEqual([])
    expect(reject).toMatchObject({
      code,
      line: 4,
      file: { name: 'a.csv' },
      ...(column !== undefined && { column }),
    })
    if (value) expect(reject?.value).toMatch(value)
    expect(reject?.reason.length).toBeGreaterThan(20)
    expect(await refsInTrail()).toEqual(['1', '2', '3\n', '4'])

    const rejectsAgain = await run('rejects')
    expect(rejectsAgain).toMatchObject({ state: 'finished', collected: 0 })
    await collectFileAgain(scope, { silo: SILO, id: file.id })
    expect(await run()).toMatchObject({
      state: 'finished',
      rows: 5,
      collected: 0,
      duplicates: 4,
      rejected: 1,
    })
    expect((await refsInTrail()).length).toBe(4)
    expect(await rejects()).toHaveLength(1)
    expect(await getFile(scope, { silo: SILO, id: file.id })).toMatchObject({
      rows: 5,
      rejected: 1,
      openRejects: 1,
    })
  })
})

describe('whatever ends its lines, all rows are collected:', () => {
  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('%s', async (_, end) => {
    await handOver(scope, SILO, 'a.csv', `\ufeff${[HEADER, row(1), bad({ 3: '0' }), row(2)].join(end)}${end}`)
    expect(await run()).toMatchObject({ rows: 3, collected: 2, rejected: 1 })
    expect((await rejects())[0]).toMatchObject({ line: 3, code: 'count_invalid' })
    expect(await refsInTrail()).toEqual(['1', '2'])
  })

  test('UTF-16 with a mark', async () => {
    await handOver(scope, SILO, 'a.csv', Buffer.from(`\ufeff${HEADER}\r\n${row('ö')}\r\n`, 'utf16le'))
    expect(await run()).toMatchObject({ rows: 1, collected: 1 })
    expect(await refsInTrail()).toEqual(['ö'])
  })

  test('LF and CRLF mixed, packed with gzip', async () => {
    await handOver(scope, SILO, 'a.csv.gz', gzipSync(`${HEADER}\r\n${row(1)}\n${row(2)}\r\n${row(3)}`))
    expect(await run()).toMatchObject({ rows: 3, collected: 3 })
  })
})

test('a file whose header the line does not fit fails with what is missing, and the next one is collected', async () => {
  await handOver(scope, SILO, 'a.csv', 'ref;date;login\n1;2;3\n')
  await handOver(scope, SILO, 'b.csv', `${HEADER}\n${row(1)}\n`)
  expect(await run()).toMatchObject({ state: 'finished', files: 1, failedFiles: 1, collected: 1 })
})

test('a line that goes on for ever behind the header is one reject', async () => {
  const long = 'x'.repeat(30 * 2 ** 20)
  await handOver(scope, SILO, 'a.csv', `${HEADER}\n${long}\n${row(2)}\n`)
  expect(await run()).toMatchObject({ rows: 2, collected: 1, rejected: 1 })
  expect(await rejects()).toMatchObject([{ line: 2, code: 'row_too_long' }])
})
