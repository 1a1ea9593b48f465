import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import type { EventRow } from '@/lib/trail/event-row'

/** The same rows for the driver's own multi-row insert: numbered by the caller, nothing checked, nothing hashed. */
export function plainRows(rows: EventRow[], firstSeq: number) {
  return rows.map((row, i) => ({
    tenant_id: row.t,
    seq: firstSeq + i,
    id: randomUUID(),
    received_at: row.recv,
    occurred_at: row.occ,
    level: row.lv,
    type: row.ty,
    action: row.ac,
    status: row.st ?? null,
    code: row.co ?? null,
    category: row.ca ?? null,
    message: row.ms ?? null,
    actor_login: row.al ?? null,
    actor_identity: row.ai ?? null,
    actor_id: row.aid ?? null,
    session_id: row.se ?? null,
    ip: row.ip ?? null,
    target_type: row.tt ?? null,
    target_name: row.tn ?? null,
    target2_type: row.t2t ?? null,
    target2_name: row.t2n ?? null,
    source: row.so ?? null,
    data_source: row.ds ?? null,
    origin: row.o,
    body: row.b,
    seed: Buffer.from(row.seed.slice(2), 'hex'),
    leaf_hash: Buffer.from(row.leaf.slice(2), 'hex'),
  }))
}

export type PlainRow = ReturnType<typeof plainRows>[number]

export async function insertPlain(client: postgres.Sql, rows: PlainRow[]): Promise<void> {
  await client`insert into events ${client(rows)}`
}
