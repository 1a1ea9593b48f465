import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { newMemberScope } from '@/lib/auth/testing/people'
import { removeFile } from '@/lib/collection/files/remove'
import { commitChunk } from './commit-chunk'
import { leaseRun } from './lease-run'
import { requestRun } from './request'
import { failFile, noteReading, takeNextFile } from './run-files'
import { makePlainSilo, PLAIN_COLUMNS, plainRow } from './testing/plain-silo'
import { handOver } from './testing/windows-silo'

const database = useTestDatabase()

test('a file that is removed in the moment in which a run takes it does not come back', async () => {
  const scope = await newMemberScope()
  await makePlainSilo(scope, 'plain')
  const { file } = await handOver(scope, 'plain', 'a.csv', `${PLAIN_COLUMNS.join(';')}\n${plainRow(1)}\n`)
  const { id } = await requestRun(scope, { silo: 'plain', kind: 'files' })
  const removed = await database.owner().begin(async (tx) => {
    // As a removal that found no run under way, and commits when the run has taken the file.
    await tx`update silo_files set state = 'receiving', sha256 = null, received_at = 'epoch' where id = ${file.id}`
    const run = await leaseRun(scope, id)
    const taken = run && (await takeNextFile(scope, run))
    return { run, taken }
  })
  const { run, taken } = removed
  if (!run || !taken?.reading) throw new Error('the run took no file')
  await noteReading(scope, taken, taken.reading, taken.header)
  const mapped = { events: [], lines: [], rejects: [], filtered: 1, atMs: performance.now() }
  const [from, to] = [
    { byte: 0, line: 0 },
    { byte: 10, line: 1 },
  ]
  const chunk = { fileId: file.id, from, to, settles: false, mapped }
  await expect(commitChunk(scope, run, chunk, { cleanChunks: 0 })).rejects.toMatchObject({ reason: 'lost' })
  await failFile(scope, run, file.id, 'broken')
  const [row] =
    await database.owner()`select state, read_bytes::int as read from silo_files where id = ${file.id}`
  expect(row).toEqual({ state: 'receiving', read: 0 })
  await expect(removeFile(scope, { silo: 'plain', id: file.id })).rejects.toMatchObject({ code: 'not_found' })
})
