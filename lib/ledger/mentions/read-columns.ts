import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { keepColumn, keptColumn } from './column-memory'

/** Some six megabytes, and twice that as text on the way. */
const CHUNKS_AT_A_TIME = 1_024
/** So few are read whole: asking whether they have changed would cost as much. */
const FEW = 64

export type MentionColumn = 'actors' | 'targets'
export type ColumnsRow = { chunk: number; columns: Record<MentionColumn, Buffer> }

const EMPTY = Buffer.alloc(0)

type Row = { chunk: number; version: string; bytes: Buffer | null }

const list = (numbers: readonly (number | string)[]) => `{${numbers.join(',')}}`

/** A column of a few chunks. */
async function readFew(tx: Transaction, tenantId: string, column: MentionColumn, chunks: readonly number[]) {
  const rows = await tx.execute<{ chunk: number; bytes: Buffer }>(sql`
    select chunk, ${sql.identifier(column)} as bytes from ledger_mentions
    where tenant_id = ${tenantId} and chunk = any(${list(chunks)}::int[])`)
  return new Map(rows.map(({ chunk, bytes }) => [chunk, bytes]))
}

/**
 * A column of many chunks, ascending: from memory where it has not been written since it was read last. A row's xmin is
 * another one whenever it was written, and comes without the value, which takes most of the time.
 */
async function readMany(tx: Transaction, tenantId: string, column: MentionColumn, chunks: readonly number[]) {
  const kept = new Map(chunks.map((chunk) => [chunk, keptColumn(tenantId, column, chunk)]))
  const versions = chunks.map((chunk) => kept.get(chunk)?.version ?? '0')
  const range = sql`between ${chunks[0] as number} and ${chunks.at(-1) as number}`
  const rows = await tx.execute<Row>(sql`
    with known as materialized (select * from unnest(${list(chunks)}::int[], ${list(versions)}::text[]) as k(chunk, version))
    select chunk, m.xmin::text as version,
      case when m.xmin::text = k.version then null else m.${sql.identifier(column)} end as bytes
    from known k join ledger_mentions m using (chunk) where m.tenant_id = ${tenantId} and m.chunk ${range}`)
  return new Map(
    rows.map(({ chunk, version, bytes }) => {
      if (bytes) keepColumn(tenantId, column, chunk, { version, bytes })
      return [chunk, bytes ?? kept.get(chunk)?.bytes ?? EMPTY]
    }),
  )
}

/** These columns of the mentions of some chunks, ascending, a few hundred at a time; chunks without mentions are left out. */
export async function* readColumnsOf(
  tx: Transaction,
  tenantId: string,
  columns: readonly MentionColumn[],
  chunks: readonly number[],
): AsyncGenerator<ColumnsRow[]> {
  const sorted = chunks.toSorted((a, b) => a - b)
  for (let at = 0; at < sorted.length; at += CHUNKS_AT_A_TIME) {
    const some = sorted.slice(at, at + CHUNKS_AT_A_TIME)
    const read = some.length <= FEW ? readFew : readMany
    const [actors, targets] = await Promise.all(
      (['actors', 'targets'] as const).map((column) =>
        columns.includes(column) ? read(tx, tenantId, column, some) : new Map<number, Buffer>(),
      ),
    )
    yield some.flatMap((chunk) => {
      const found = { actors: actors?.get(chunk) ?? EMPTY, targets: targets?.get(chunk) ?? EMPTY }
      return found.actors.length + found.targets.length > 0 ? [{ chunk, columns: found }] : []
    })
  }
}
