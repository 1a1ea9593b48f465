import { createHash, randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Sql } from 'postgres'

export type FilledCollection = {
  /** Has a file with an open reject, and a run that waits. */
  silo: string
  siloId: string
  fileId: string
  runId: string
  /** Has a file that waits, and no run. */
  idleSilo: string
  idleFileId: string
  lineId: string
  /** That no silo has. */
  spareLineId: string
  tableId: string
  planId: string
  executionId: string
}

const HEADER = ['at', 'login', 'what']

/** Maps the columns of the files below. */
const DEFINITION = {
  source: { attributes: HEADER },
  steps: [],
  target: {
    datasource: 'filled',
    family: 'filled',
    date: '{at}',
    whologin: '{login}',
    whorepository: 'filled',
    whateventcode: '{what}',
    whateventcodelabel: '{what}',
    whataction: '{what}',
    whatcount: '1',
  },
}

/** A row in each table of collection; `mark` stands in all that have text. */
export async function fillCollection(owner: Sql, tenantId: string, mark: string): Promise<FilledCollection> {
  const tenant = { tenant_id: tenantId }
  const ids = {
    siloId: randomUUID(),
    fileId: randomUUID(),
    runId: randomUUID(),
    idleFileId: randomUUID(),
    lineId: randomUUID(),
    spareLineId: randomUUID(),
    tableId: randomUUID(),
    planId: randomUUID(),
    executionId: randomUUID(),
  }
  const idleSiloId = randomUUID()
  const version = { ...tenant, version: 1, saved_by: mark }

  for (const [id, name] of [
    [ids.lineId, mark],
    [ids.spareLineId, `spare-${mark}`],
  ] as const) {
    await owner`insert into lines ${owner({ ...tenant, id, name, note: mark })}`
    await owner`insert into line_versions ${owner({ ...version, line_id: id, definition: owner.json(DEFINITION) })}`
  }
  const content = `code;label\n1;${mark}\n`
  const sha256 = createHash('sha256').update(content).digest()
  await owner`insert into line_tables ${owner({ ...tenant, id: ids.tableId, kind: 'lookup', name: mark, note: mark })}`
  await owner`insert into line_table_versions ${owner({ ...version, table_id: ids.tableId, content, rows: 1, sha256 })}`

  const silo = { ...tenant, line_id: ids.lineId, note: mark, keep_days: 30 }
  const origin = owner.json({ kind: 'upload' })
  await owner`insert into silos ${owner({ ...silo, origin, id: ids.siloId, name: mark })}`
  await owner`insert into silos ${owner({ ...silo, origin, id: idleSiloId, name: `idle-${mark}` })}`

  const reading = { encoding: 'utf-8', bomBytes: 0, delimiter: ';', quote: '"', header: 'first' }
  const raw = `yesterday;${mark};tried`
  const bytes = Buffer.from(`${HEADER.join(';')}\n${raw}\n`)
  for (const [id, siloId, name, progress] of [
    [
      ids.fileId,
      ids.siloId,
      mark,
      {
        state: 'collected',
        header: HEADER,
        reading: owner.json(reading),
        read_bytes: bytes.length,
        read_lines: 2,
        rows: 1,
        rejected: 1,
        collected_at: new Date(),
      },
    ],
    [ids.idleFileId, idleSiloId, `idle-${mark}`, { state: 'new' }],
  ] as const) {
    const file = { ...tenant, id, silo_id: siloId, name, bytes: bytes.length, received_by: mark }
    const digest = createHash('sha256').update(bytes).digest()
    await owner`insert into silo_files ${owner({ ...file, ...progress, sha256: digest })}`
    const chunk = { ...tenant, file_id: id, start_byte: 0, data: gzipSync(bytes) }
    await owner`insert into silo_file_chunks ${owner(chunk)}`
  }
  await owner`insert into silo_found ${owner({ ...tenant, silo_id: ids.siloId, place: mark, mark })}`
  await owner`insert into collection_runs ${owner({
    ...tenant,
    id: ids.runId,
    silo_id: ids.siloId,
    kind: 'rejects',
    state: 'queued',
    requested_by: mark,
  })}`
  await owner`insert into collection_rejects ${owner({
    ...tenant,
    silo_id: ids.siloId,
    file_id: ids.fileId,
    line: 2,
    run_id: ids.runId,
    code: 'date_invalid',
    reason: mark,
    column_name: 'date',
    value: 'yesterday',
    raw,
  })}`
  const plan = { ...tenant, id: ids.planId, name: mark, note: mark, silo_ids: [idleSiloId] }
  await owner`insert into plans ${owner(plan)}`
  const execution = { ...tenant, id: ids.executionId, plan_id: ids.planId, requested_by: mark }
  await owner`insert into plan_executions ${owner(execution)}`
  return { ...ids, silo: mark, idleSilo: `idle-${mark}` }
}
