import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newMemberScope } from '@/lib/auth/testing/people'
import { newSilo } from '@/lib/collection/silos/testing/new-silo'
import { answerFileContent } from './answer-content'
import { collectFileAgain } from './collect-again'
import { getFile } from './get'
import { PIECE_BYTES } from './limits'
import { listFiles } from './list'
import { readFileBytes } from './read-file-bytes'
import { readSample } from './read-sample'
import { removeFile } from './remove'
import { tendFiles } from './tend-files'
import { type Bytes, CSV, hex, manyRows, NOTHING, readAll, useSilo } from './testing/use-silo'

const given = useSilo()

describe('content', () => {
  test('is read from any byte on', async () => {
    const content = Buffer.from(manyRows(35_000))
    expect(content.length).toBeGreaterThan(2 * PIECE_BYTES)
    const { file } = await given.receive(gzipSync(content))
    const places = fc.oneof(
      fc.integer({ min: 0, max: content.length }),
      fc.constantFrom(PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES, content.length - 1),
    )
    await fc.assert(
      fc.asyncProperty(places, async (from) => {
        const found = await readAll(readFileBytes(given.scope, file.id, from))
        expect(found.equals(content.subarray(from))).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  test('is downloaded as it arrived, unpacked, and never shown in a browser', async () => {
    const { file } = await given.receive(gzipSync(CSV), 'sécurité "1".csv.gz')
    const { headers, body } = await answerFileContent(given.scope, { silo: given.silo, id: file.id })
    expect(String(await readAll(body as unknown as Bytes))).toBe(CSV)
    expect(headers.get('content-type')).toBe('application/octet-stream')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-length')).toBe(String(CSV.length))
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="s_curit_ _1_.csv"; filename*=UTF-8''s%C3%A9curit%C3%A9%20%221%22.csv`,
    )
  })

  test('shows its first rows, and those that can’t be read', async () => {
    const { file } = await given.receive('a;b\n1;2\n1;2;3\n3;4\n5;6\n')
    expect(await readSample(given.scope, { silo: given.silo, id: file.id, rows: 2 })).toMatchObject({
      header: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
      problems: [{ line: 3, code: 'too_many_cells' }],
    })
  })

  test('without a header shows rows with as many cells as the first one has', async () => {
    given.silo = (await newSilo(given.scope, { reading: { header: 'none' } })).name
    const { file } = await given.receive('x,y,z\n1,2,3\n')
    expect(await readSample(given.scope, { silo: given.silo, id: file.id })).toMatchObject({
      header: null,
      rows: [
        ['x', 'y', 'z'],
        ['1', '2', '3'],
      ],
    })
  })
})

test('files are listed latest first, page by page, and by state', async () => {
  for (const i of [1, 2, 3]) await given.receive(`${CSV}${i};a;b\n`, `${i}.csv`)
  const first = await listFiles(given.scope, { silo: given.silo, limit: 2 })
  expect(first.files.map(({ name }) => name)).toEqual(['3.csv', '2.csv'])
  const second = await listFiles(given.scope, { silo: given.silo, limit: 2, after: first.next ?? '' })
  expect(second).toMatchObject({ files: [{ name: '1.csv' }], next: null })
  const owner = given.owner()
  await owner`update silo_files set state = 'failed' where id = ${second.files[0]?.id ?? ''}`
  expect((await listFiles(given.scope, { silo: given.silo, state: 'failed' })).files).toHaveLength(1)
  expect((await listFiles(given.scope, { silo: given.silo, state: 'new' })).files).toHaveLength(2)
  await expect(listFiles(given.scope, { silo: given.silo, after: 'nonsense' })).rejects.toMatchObject({
    code: 'invalid',
  })
})

async function startRun() {
  const owner = given.owner()
  const [row] =
    await owner`select id from silos where name = ${given.silo} and tenant_id = ${given.scope.tenantId}`
  const run = { tenant_id: given.scope.tenantId, id: randomUUID(), silo_id: row?.id, kind: 'files' }
  await owner`insert into collection_runs ${owner({ ...run, state: 'running', requested_by: 'somebody' })}`
  return {
    end: () => owner`update collection_runs set state = 'finished' where id = ${run.id}`,
    siloId: row?.id,
    id: run.id,
  }
}

test('a file is removed with its content, but not under a run, nor silently with rows that wait', async () => {
  const { file } = await given.receive(CSV)
  const named = { silo: given.silo, id: file.id }
  const run = await startRun()
  await expect(removeFile(given.scope, named)).rejects.toMatchObject({ code: 'conflict' })
  await expect(collectFileAgain(given.scope, named)).rejects.toMatchObject({ code: 'conflict' })
  await run.end()
  const owner = given.owner()
  const reject = {
    tenant_id: given.scope.tenantId,
    silo_id: run.siloId,
    file_id: file.id,
    line: 2,
    run_id: run.id,
  }
  await owner`insert into collection_rejects ${owner({ ...reject, code: 'date_invalid', reason: 'no date' })}`
  expect((await getFile(given.scope, named)).openRejects).toBe(1)
  await expect(removeFile(given.scope, named)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/1 rejected rows/),
  })
  await removeFile(given.scope, { ...named, discardRejects: true })
  expect(await given.left()).toEqual(NOTHING)
  expect(await owner`select line from collection_rejects where tenant_id = ${given.scope.tenantId}`).toEqual(
    [],
  )
  await expect(getFile(given.scope, named)).rejects.toMatchObject({ code: 'not_found' })
  expect(await given.eventsOf('SILO_FILE_REMOVED')).toMatchObject([
    { data: { sha256: hex(CSV), openRejects: 1 } },
  ])
  expect(await given.receive(CSV)).toMatchObject({ duplicate: false })
})

test('a file is collected again from its first byte on', async () => {
  const { file } = await given.receive(CSV)
  const owner = given.owner()
  await owner`update silo_files set state = 'collected', read_bytes = 5, read_lines = 1, rows = 2, collected = 1,
    rejected = 1, collected_at = now() where id = ${file.id}`
  expect(await collectFileAgain(given.scope, { silo: given.silo, id: file.id })).toMatchObject({
    ...{ state: 'new', readBytes: 0, rows: 0, collected: 0, rejected: 0, collectedAt: null },
  })
})

describe('with time', () => {
  test('the content of a collected file is forgotten, and what became of it stays', async () => {
    const collected = await given.receive(manyRows(30_000), 'old.csv')
    const waiting = await given.receive(CSV, 'new.csv')
    const owner = given.owner()
    const at = new Date(Date.now() - 31 * 86_400_000).toISOString()
    await owner`update silo_files set state = 'collected', rows = 7, collected_at = ${at} where id = ${collected.file.id}`
    await owner`update silo_files set received_at = ${at} where id = ${waiting.file.id}`
    expect(await tendFiles({ budgetMs: 10_000 })).toMatchObject({ forgotten: 1 })
    const id = { silo: given.silo, id: collected.file.id }
    expect(await getFile(given.scope, id)).toMatchObject({
      state: 'collected',
      rows: 7,
      forgottenAt: expect.any(Date),
    })
    await expect(collectFileAgain(given.scope, id)).rejects.toMatchObject({ code: 'conflict' })
    await expect(answerFileContent(given.scope, id)).rejects.toMatchObject({ code: 'conflict' })
    await expect(readAll(readFileBytes(given.scope, id.id))).rejects.toMatchObject({ code: 'conflict' })
    expect(String(await readAll(readFileBytes(given.scope, waiting.file.id)))).toBe(CSV)
    expect(await tendFiles({ budgetMs: 10_000 })).toMatchObject({ forgotten: 0 })
  })

  test('content stays as long as rows of it can only be collected with their file', async () => {
    const { file } = await given.receive(CSV)
    const owner = given.owner()
    const { tenantId } = given.scope
    await owner`update silo_files set state = 'collected', collected_at = now() - interval '31 days' where id = ${file.id}`
    await owner`insert into collection_rejects (tenant_id, silo_id, file_id, line, run_id, code, reason)
      select tenant_id, silo_id, id, 2, gen_random_uuid(), 'wrong_encoding', 'x' from silo_files where id = ${file.id}`
    expect(await tendFiles({ budgetMs: 10_000 })).toMatchObject({ forgotten: 0 })
    expect(await given.left()).toEqual({ files: 1, pieces: 1 })
    await owner`update collection_rejects set state = 'discarded' where tenant_id = ${tenantId}`
    expect(await tendFiles({ budgetMs: 10_000 })).toMatchObject({ forgotten: 1 })
    expect(await given.left()).toEqual({ files: 1, pieces: 0 })
  })

  test('what a process that died had begun to receive is dropped after a day, and not before', async () => {
    const owner = given.owner()
    const { file } = await given.receive(CSV)
    await owner`update silo_files set state = 'receiving', sha256 = null where id = ${file.id}`
    await tendFiles({ budgetMs: 10_000 })
    expect(await given.left()).toEqual({ files: 1, pieces: 1 })
    expect((await listFiles(given.scope, { silo: given.silo })).files).toEqual([])
    await owner`update silo_files set received_at = now() - interval '25 hours' where id = ${file.id}`
    await tendFiles({ budgetMs: 10_000 })
    expect(await given.left()).toEqual(NOTHING)
  })

  test('a file whose content is half forgotten is not collected again', async () => {
    const { file } = await given.receive(CSV)
    const owner = given.owner()
    await owner`delete from silo_file_chunks where file_id = ${file.id}`
    await expect(collectFileAgain(given.scope, { silo: given.silo, id: file.id })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(readAll(readFileBytes(given.scope, file.id))).rejects.toMatchObject({ code: 'conflict' })
  })
})

test('another workspace finds nothing of it', async () => {
  const { file } = await given.receive(CSV)
  const other = await newMemberScope()
  const id = { silo: given.silo, id: file.id }
  const found = { code: 'not_found' }
  for (const act of [
    () => getFile(other, id),
    () => removeFile(other, id),
    () => collectFileAgain(other, id),
    () => listFiles(other, { silo: given.silo }),
    () => readSample(other, id),
    () => answerFileContent(other, id),
    () => readAll(readFileBytes(other, file.id)),
  ])
    await expect(act()).rejects.toMatchObject(found)
  await newSilo(other, { name: given.silo })
  await expect(getFile(other, id)).rejects.toMatchObject(found)
  expect(String(await readAll(readFileBytes(given.scope, file.id)))).toBe(CSV)
})
