import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { siloFiles } from '@/db/schema/silos'
import { tenants } from '@/db/schema/tenants'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readFileBytes } from '@/lib/collection/files/read-file-bytes'
import { readHead } from '@/lib/collection/files/read-head'
import { compileLine } from '@/lib/collection/lines/compile-line'
import { detectReading } from '@/lib/collection/reading/detect-reading'
import { HEAD_BYTES } from '@/lib/collection/reading/limits'
import { readRows } from '@/lib/collection/reading/read-rows'
import type { ReadingChoice } from '@/lib/collection/reading/reading'
import { readSilo } from '@/lib/collection/silos/find-silo'
import { AppError } from '@/lib/errors/app-error'
import { findFresh, PLAN_LOOKUPS } from './append-collected'
import type { DryRun } from './dry-run-view'
import type { DryRunRequest } from './input'
import { type MappedRows, mapRows, type RowsOf } from './map-rows'
import { toDryRunEvent } from './to-dry-run-event'

/** What people look at; the counts tell of the rest. */
const MAX_EVENTS = 50
const MAX_REJECTS = 1_000
/** Of a rejected row: longer ones would make an answer of hundreds of MiB, and nobody reads them. */
const MAX_RAW = 4_096
/** Enough to meet most mistakes of a mapping, and far less than what somebody waits for. */
const MAX_ROWS = 100_000
const MAX_MS = 10_000
const CHUNK_ROWS = 1_000
const CHUNK_BYTES = 1024 * 1024

type Silo = { id: string; name: string; lineId: string | null; reading: ReadingChoice; idKey: Uint8Array }
type Source = {
  file: DryRun['file']
  sha256: string
  head: Buffer
  bytes: () => AsyncIterable<Buffer>
}

/**
 * What collecting would do with a file of a silo, or with rows that are handed over: its first 50 events, its rejects,
 * and how many of each, over 100,000 rows or ten seconds at most. Writes nothing. Throws `not_found`, and `invalid`
 * where the line or the file can't be used.
 */
export async function dryRun(scope: TenantScope, request: DryRunRequest): Promise<DryRun> {
  requirePermission(scope, 'collection:write')
  // It shows what files say.
  requirePermission(scope, 'collection:read')
  const silo = await findSilo(scope, request.silo)
  const source =
    request.content === undefined ? await openSource(scope, silo, request.fileId) : given(request.content)
  const which = request.definition ?? silo.lineId
  if (which === null)
    throw new AppError('invalid', `The silo ${silo.name} has no line yet. Choose one, then try it.`)
  const line = await compileLine(scope, which)
  try {
    const { reading, header, doubts } = detectReading(source.head, silo.reading)
    const columns = header ?? line.attributes
    const of: RowsOf = {
      owner: { tenantId: scope.tenantId, idKey: silo.idKey },
      origin: `silo:${silo.name}`,
      sha256: source.sha256,
    }
    const result: DryRun = {
      file: source.file,
      reading,
      header,
      doubts,
      rows: 0,
      counts: { rows: 0, collected: 0, duplicates: 0, filtered: 0, rejected: 0 },
      events: [],
      rejects: [],
      isWhole: true,
    }
    const process = line.open(columns)
    const seen = new Set<string>()
    const endMs = performance.now() + MAX_MS
    const at = { byte: 0, line: 0 }
    const limits = { maxRows: CHUNK_ROWS, maxBytes: CHUNK_BYTES }
    for await (const { rows } of readRows(source.bytes(), { reading, columns, from: at, ...limits })) {
      // More rows are there: it has not seen all of the file.
      if (result.counts.rows >= MAX_ROWS || performance.now() > endMs) {
        result.isWhole = false
        break
      }
      await addRows(scope, result, await mapRows(process, rows, of), seen)
    }
    result.rows = result.counts.rows
    return result
  } finally {
    line.close()
  }
}

async function addRows(
  scope: TenantScope,
  { counts, events, rejects }: DryRun,
  mapped: MappedRows,
  seen: Set<string>,
): Promise<void> {
  const unseen = mapped.events.filter(({ id }) => !seen.has(id))
  const found = await inTenant(scope, async (tx) => {
    await tx.execute(PLAN_LOOKUPS)
    return findFresh(tx, unseen)
  })
  const fresh = new Set(found)
  for (const [i, row] of mapped.events.entries()) {
    seen.add(row.id)
    if (events.length < MAX_EVENTS)
      events.push(toDryRunEvent(scope, row, mapped.lines[i] as number, !fresh.has(row)))
  }
  for (const { line, raw, reject } of mapped.rejects) {
    if (rejects.length >= MAX_REJECTS) break
    const isShort = raw !== null && raw.length <= MAX_RAW
    rejects.push({ ...reject, line, raw: isShort ? raw : null })
  }
  counts.rows += mapped.events.length + mapped.rejects.length + mapped.filtered
  counts.collected += fresh.size
  counts.duplicates += mapped.events.length - fresh.size
  counts.filtered += mapped.filtered
  counts.rejected += mapped.rejects.length
}

async function findSilo(scope: TenantScope, name: string): Promise<Silo> {
  return inTenant(scope, async (tx) => {
    const { id, lineId, reading } = await readSilo(tx, scope, name)
    const [tenant] = await tx
      .select({ idKey: tenants.idKey })
      .from(tenants)
      .where(eq(tenants.id, scope.tenantId))
    if (!tenant) throw new Error('a tenant has no id key')
    return { id, name, lineId, reading: reading as ReadingChoice, idKey: tenant.idKey }
  })
}

/** Rows that are no file of a silo have no identity but their own. */
function given(content: string): Source {
  const bytes = Buffer.from(content)
  async function* all() {
    yield bytes
  }
  return { file: null, sha256: '', head: bytes.subarray(0, HEAD_BYTES), bytes: all }
}

async function openSource(scope: TenantScope, silo: Silo, fileId: string | undefined): Promise<Source> {
  const file = await inTenant(scope, (tx) => findFile(tx, scope.tenantId, silo, fileId))
  if (!file?.sha256) {
    if (fileId !== undefined) throw new AppError('not_found', 'There is no such file.')
    throw new AppError(
      'invalid',
      `The silo ${silo.name} has no file that waits. Hand one over, or choose another.`,
    )
  }
  const { id, name } = file
  return {
    file: { id, name },
    sha256: file.sha256.toString('hex'),
    head: await readHead(scope, id),
    bytes: () => readFileBytes(scope, id, 0),
  }
}

/** The chosen file, or the first that waits. */
async function findFile(tx: Transaction, tenantId: string, silo: Silo, fileId: string | undefined) {
  const isMeant =
    fileId === undefined
      ? and(inArray(siloFiles.state, ['new', 'collecting', 'failed']), isNotNull(siloFiles.sha256))
      : eq(siloFiles.id, fileId)
  const [file] = await tx
    .select({ id: siloFiles.id, name: siloFiles.name, sha256: siloFiles.sha256 })
    .from(siloFiles)
    .where(and(eq(siloFiles.tenantId, tenantId), eq(siloFiles.siloId, silo.id), isMeant))
    .orderBy(siloFiles.name, siloFiles.id)
    .limit(1)
  return file
}
