import { and, asc, eq, isNotNull, ne, notInArray, sql } from 'drizzle-orm'
import { collectionRejects, collectionRuns, siloFiles } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import type { RowProcessor } from '@/lib/collection/lines/compiled-line'
import { parseRaw } from '@/lib/collection/reading/parse-raw'
import type { ReadRow } from '@/lib/collection/reading/read-row'
import type { Reading } from '@/lib/collection/reading/reading'
import { behindPlace, findPageEnd, type RejectPlace, throughPlace } from '@/lib/collection/rejects/page-end'
import { UNREPEATABLE_CODES } from '@/lib/collection/rejects/unrepeatable'
import { AppError } from '@/lib/errors/app-error'
import { commitRejects } from './commit-rejects'
import { endRun } from './end-run'
import { mapRows } from './map-rows'
import { changeRun } from './run-files'
import { checkWork, type RunWork } from './run-work'
import { waitForSeal } from './wait-for-seal'

const j = collectionRejects
const f = siloFiles

/** Rows of a page, if their texts are some hundred bytes; of long ones it has fewer. */
const PAGE_ROWS = 500

type SetAside = RejectPlace & { raw: string }
type OpenFile = { sha256: string; reading: Reading; columns: readonly string[]; process: RowProcessor }

/**
 * Runs a silo's rejected rows through its line as it is now, file by file, and ends the run. What is collected, known
 * or filtered is settled; of the others the new reason counts. Files that the line does not fit stay as they are.
 */
export async function collectRejects(work: RunWork): Promise<void> {
  const { scope, run } = work
  await noteTotal(work)
  let after: RejectPlace | undefined
  let file: OpenFile | AppError | undefined
  let misfit: AppError | undefined
  for (;;) {
    checkWork(work)
    const page = await readPage(work, after)
    const first = page[0]
    if (!first) break
    if (first.fileId !== after?.fileId) file = await openRejected(work, first.fileId)
    if (file instanceof AppError) {
      misfit ??= file
      await inTenant(scope, (tx) =>
        changeRun(tx, scope, run, { failedFiles: sql`${collectionRuns.failedFiles} + 1` }),
      )
      after = { fileId: first.fileId, line: Number.MAX_SAFE_INTEGER }
      continue
    }
    // A page ends with its file: each chunk is of one.
    const rows = page.filter(({ fileId }) => fileId === first.fileId)
    after = rows.at(-1) ?? first
    if (file) await collectPage(work, file, rows)
  }
  await endRun(scope, run, misfit ? { state: 'failed', error: misfit.message } : { state: 'finished' })
}

const isMeant = ({ scope, run }: RunWork) =>
  and(
    eq(j.tenantId, scope.tenantId),
    eq(j.siloId, run.silo.id),
    eq(j.state, 'open'),
    ne(j.runId, run.id),
    isNotNull(j.raw),
    notInArray(j.code, UNREPEATABLE_CODES),
  )

async function noteTotal(work: RunWork): Promise<void> {
  const { scope, run } = work
  await inTenant(scope, async (tx) => {
    const left = tx
      .select({ bytes: sql`coalesce(sum(octet_length(${j.raw})), 0)` })
      .from(j)
      .where(isMeant(work))
    await changeRun(tx, scope, run, { totalBytes: sql`${collectionRuns.readBytes} + (${left})` })
  })
}

async function readPage(work: RunWork, after: RejectPlace | undefined): Promise<SetAside[]> {
  const rows = await inTenant(work.scope, async (tx) => {
    const where = isMeant(work)
    const page = await findPageEnd(tx, where, after, PAGE_ROWS)
    if (!page) return []
    return tx
      .select({ fileId: j.fileId, line: j.line, raw: j.raw })
      .from(j)
      .where(and(where, behindPlace(after), throughPlace(page.end)))
      .orderBy(asc(j.fileId), asc(j.line))
  })
  return rows.map(({ raw, ...place }) => ({ ...place, raw: raw as string }))
}

/** How the file was read; an error where the line does not fit its columns any more. Undefined while it is removed. */
async function openRejected(
  { scope, line }: RunWork,
  fileId: string,
): Promise<OpenFile | AppError | undefined> {
  const [file] = await inTenant(scope, (tx) =>
    tx
      .select({ name: f.name, sha256: f.sha256, reading: f.reading, header: f.header })
      .from(f)
      .where(and(eq(f.tenantId, scope.tenantId), eq(f.id, fileId))),
  )
  if (!file?.sha256) return undefined
  if (!file.reading)
    return new AppError(
      'invalid',
      `${file.name} waits to be collected again as a whole, and its rejected rows with it.`,
    )
  const columns = file.header ?? line.attributes
  try {
    const sha256 = file.sha256.toString('hex')
    return { sha256, reading: file.reading as Reading, columns, process: line.open(columns) }
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

async function collectPage(work: RunWork, file: OpenFile, page: readonly SetAside[]): Promise<void> {
  const { scope, run, owner } = work
  const rows = page.map(({ line, raw }): ReadRow => {
    const cells = parseRaw(raw, file.reading, file.columns)
    return Array.isArray(cells) ? { line, raw, cells } : { line, raw, reject: cells }
  })
  await waitForSeal(work)
  const of = { owner, origin: `silo:${run.silo.name}`, sha256: file.sha256 }
  const mapped = await mapRows(file.process, rows, of)
  const bytes = page.reduce((sum, { raw }) => sum + Buffer.byteLength(raw), 0)
  const fileId = (page[0] as SetAside).fileId
  work.note(await commitRejects(scope, run, { fileId, lines: page.map(({ line }) => line), bytes, mapped }))
}
