import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { MAX_SHOWN_VALUE, type Reject } from '@/lib/collection/reject'

/** A row to be set aside. `raw` is null where it is too long to be kept. */
export type RejectedRow = { fileId: string; line: number; raw: string | null; reject: Reject }

/** Longer reasons would repeat what stands in the row. */
const MAX_REASON = 2000

/** PostgreSQL keeps neither U+0000 nor half of a surrogate pair: `␀` shows where one was. */
const toStorable = (text: string) => text.replaceAll('\0', '␀').toWellFormed()

const cut = (text: string | undefined, length: number) =>
  text === undefined ? null : toStorable(text.slice(0, length))

/** Sets rows aside, in the transaction of their chunk; of one that was set aside before, the new reason counts. */
export async function writeRejects(
  tx: Transaction,
  { tenantId, siloId, runId }: { tenantId: string; siloId: string; runId: string },
  rows: readonly RejectedRow[],
): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map(({ fileId, line, raw, reject }) => ({
    f: fileId,
    l: line,
    c: reject.code,
    r: cut(reject.reason, MAX_REASON),
    n: cut(reject.column, MAX_SHOWN_VALUE),
    v: cut(reject.value, MAX_SHOWN_VALUE),
    w: raw === null ? null : toStorable(raw),
  }))
  await tx.execute(sql`
    insert into collection_rejects (tenant_id, silo_id, file_id, line, run_id, code, reason, column_name, value, raw)
    select ${tenantId}::uuid, ${siloId}::uuid, f, l, ${runId}::uuid, c, r, n, v, w
    from json_to_recordset(${JSON.stringify(values)}::text::json)
      as x(f uuid, l bigint, c text, r text, n text, v text, w text)
    on conflict (tenant_id, file_id, line) do update set run_id = excluded.run_id, code = excluded.code,
      reason = excluded.reason, column_name = excluded.column_name, value = excluded.value, raw = excluded.raw,
      state = 'open', rejected_at = now(), settled_at = null`)
}

type Settled = { tenantId: string; fileId: string; runId: string } & (
  | { lines: readonly number[] }
  | { fromLine: number; throughLine: number }
)

/** Rows of a file that this run did not reject are no longer open: they are events now, known, or filtered. */
export async function settleRejects(tx: Transaction, which: Settled): Promise<void> {
  const { tenantId, fileId, runId } = which
  const isMeant =
    'lines' in which
      ? sql`line = any(${`{${which.lines.join(',')}}`}::bigint[])`
      : sql`line between ${which.fromLine} and ${which.throughLine}`
  await tx.execute(sql`
    update collection_rejects set state = 'collected', settled_at = now()
    where tenant_id = ${tenantId} and file_id = ${fileId} and ${isMeant} and state = 'open' and run_id <> ${runId}`)
}
