import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { Touched } from '@/lib/ledger/mentions/write-mentions'
import { thisTenant } from '@/lib/ledger/this-tenant'
import type { ReferenceState } from './find-matches'
import { type Reference, referenceDigest } from './references-of'

/** Ids of those that are stored, by the digest in base64. */
export async function findReferenceIds(
  tx: Transaction,
  tenantId: string,
  texts: readonly string[],
): Promise<(number | undefined)[]> {
  if (texts.length === 0) return []
  const digests = texts.map(referenceDigest)
  const list = `{${digests.map((digest) => `"\\\\x${digest.toString('hex')}"`).join(',')}}`
  const rows = await tx.execute<{ id: number; digest: Buffer }>(sql`
    select r.id, r.digest from unnest(${list}::bytea[]) d
    join ledger_references r on r.tenant_id = ${thisTenant(tenantId)} and r.digest = d`)
  const ids = new Map(rows.map(({ id, digest }) => [digest.toString('base64'), id]))
  return digests.map((digest) => ids.get(digest.toString('base64')))
}

export type NewReference = {
  id: number
  text: string
  reference: Reference
  state: ReferenceState
  events: number
  lastSeq: number
}

export async function insertReferences(
  tx: Transaction,
  tenantId: string,
  references: readonly NewReference[],
): Promise<void> {
  if (references.length === 0) return
  const rows = references.map(({ id, text, reference, state, events, lastSeq }) => ({
    id,
    digest: referenceDigest(text).toString('hex'),
    origin: reference.origin,
    role: reference.role,
    type: reference.type,
    name: reference.name,
    parent: reference.parent,
    identity: reference.identity,
    ref_id: reference.refId,
    events,
    last_seq: lastSeq,
    state,
  }))
  await tx.execute(sql`
    insert into ledger_references (tenant_id, id, digest, origin, role, type, name, parent, identity, ref_id, events,
      last_seq, state)
    select ${tenantId}::uuid, id, decode(digest, 'hex'), origin, role, type, name, parent, identity, ref_id, events,
      last_seq, state
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (
      id int, digest text, origin text, role text, type text, name text, parent text, identity text, ref_id text,
      events bigint, last_seq bigint, state text)`)
}

/** Adds to the counters of references. Gives how many of them are there. */
export async function countReferences(
  tx: Transaction,
  tenantId: string,
  touched: readonly Touched[],
): Promise<number> {
  if (touched.length === 0) return 0
  const [row] = await tx.execute<{ n: number }>(sql`
    with counted as (
      update ledger_references r set events = r.events + t.events, last_seq = greatest(r.last_seq, t.last_seq)
      from unnest(
        ${`{${touched.map(({ id }) => id).join(',')}}`}::int[],
        ${`{${touched.map(({ events }) => events).join(',')}}`}::int[],
        ${`{${touched.map(({ lastSeq }) => lastSeq).join(',')}}`}::bigint[]) as t (id, events, last_seq)
      where r.tenant_id = ${thisTenant(tenantId)} and r.id = t.id
      returning 1
    ) select count(*)::int as n from counted`)
  return row?.n ?? 0
}

/** Takes from the counters of references, and deletes those that no event has any more, with all that hangs on them. */
export async function discountReferences(
  tx: Transaction,
  tenantId: string,
  counts: ReadonlyMap<number, number>,
): Promise<number> {
  if (counts.size === 0) return 0
  const rows = await tx.execute<{ id: number; events: number }>(sql`
    update ledger_references r set events = r.events - t.events
    from unnest(${`{${[...counts.keys()].join(',')}}`}::int[], ${`{${[...counts.values()].join(',')}}`}::int[]) as t (id, events)
    where r.tenant_id = ${thisTenant(tenantId)} and r.id = t.id
    returning r.id, r.events::float8 as events`)
  const gone = rows.flatMap(({ id, events }) => (events <= 0 ? [id] : []))
  if (gone.length === 0) return 0
  const ids = `{${gone.join(',')}}`
  await tx.execute(sql`
    with spans as (delete from ledger_spans where tenant_id = ${thisTenant(tenantId)} and reference_id = any(${ids}::int[])),
      matches as (delete from ledger_matches where tenant_id = ${thisTenant(tenantId)} and reference_id = any(${ids}::int[]))
    delete from ledger_references where tenant_id = ${thisTenant(tenantId)} and id = any(${ids}::int[])`)
  return gone.length
}

/** References of [from, …) in the order of their ids. */
export async function readReferences(
  tx: Transaction,
  tenantId: string,
  from: number,
  limit: number,
): Promise<(Reference & { id: number; state: ReferenceState })[]> {
  const rows = await tx.execute<Reference & { id: number; state: ReferenceState }>(sql`
    select id, origin, role, type, name, parent, identity, ref_id as "refId", state from ledger_references
    where tenant_id = ${thisTenant(tenantId)} and id >= ${from} order by id limit ${limit}`)
  return [...rows]
}

export async function writeReferenceStates(
  tx: Transaction,
  tenantId: string,
  states: ReadonlyMap<number, ReferenceState>,
): Promise<void> {
  if (states.size === 0) return
  await tx.execute(sql`
    update ledger_references r set state = t.state
    from unnest(${`{${[...states.keys()].join(',')}}`}::int[], ${`{${[...states.values()].join(',')}}`}::text[]) as t (id, state)
    where r.tenant_id = ${thisTenant(tenantId)} and r.id = t.id`)
}
