import { driver } from '@/db/client'
import { ANCHOR_TENANT_ID } from '@/lib/access/instance-tenant'
import { arrayLiteral, byteaArray, textArray } from '@/lib/integrity/seal/seal-statements'
import { anchorEntry } from './anchor-entry'

/** A log that grows without end gets an entry in each slot of so long, aligned to the clock. */
const SLOT_SECONDS = 600
/** Tenants of one transaction, which holds the anchor log's counter: some milliseconds. */
const MAX_ENTRIES = 1_000

/** `$1` begin of the running slot, seconds since 1970. */
const CHANGED_STATEMENT = `
select h.tenant_id, h.epoch, h.size::float8 as size, h.note, extract(epoch from h.signed_at)::float8 as signed_seconds
from log_heads h left join lateral (
  select a.epoch, a.size, a.at from log_anchors a
  where a.tenant_id = h.tenant_id and a.kind = 'anchor-log' order by a.epoch desc, a.size desc limit 1
) last on true
where h.tenant_id <> '${ANCHOR_TENANT_ID}' and h.size > 0 and h.refused is null
  and (last.at is null or (last.at < to_timestamp($1::float8) and (last.epoch, last.size) <> (h.epoch, h.size)))
order by h.tenant_id limit ${MAX_ENTRIES}`

const LOCK_STATEMENT = `select next_seq::float8 as next from trail_heads where tenant_id = '${ANCHOR_TENANT_ID}' for update`

const COUNT_STATEMENT = `update trail_heads set next_seq = next_seq + $1::int where tenant_id = '${ANCHOR_TENANT_ID}'`

const INSERT_ENTRIES_STATEMENT = `
insert into anchor_entries (seq, entry, leaf_hash)
select * from unnest($1::text::bigint[], $2::text::bytea[], $3::text::bytea[])`

/** A checkpoint of that size may be kept already: then its signed text is the same. */
const KEEP_STATEMENT = `
with x as (select * from unnest($1::text::uuid[], $2::text::int[], $3::text::bigint[], $4::text::text[],
  $5::text::float8[], $6::text::bigint[]) as x(tenant_id, epoch, size, note, signed_seconds, seq)),
kept as (insert into log_checkpoints (tenant_id, epoch, size, note, signed_at)
  select tenant_id, epoch, size, note, to_timestamp(signed_seconds) from x on conflict do nothing)
insert into log_anchors (tenant_id, epoch, size, kind, name, at, data)
select tenant_id, epoch, size, 'anchor-log', '', to_timestamp($7::float8), jsonb_build_object('seq', seq) from x`

type Changed = { tenant_id: string; epoch: number; size: number; note: string; signed_seconds: number }

/**
 * Appends to the anchor log an entry for each log that has grown since its last one, at most one in ten minutes.
 * Entry, kept checkpoint and the record of where it is are one commit: a kill leaves all or nothing. Any number of
 * processes may do it at once. `now` is Unix time in milliseconds. Gives the number of entries.
 */
export async function appendAnchors(now = Date.now()): Promise<number> {
  let total = 0
  let appended = MAX_ENTRIES
  while (appended === MAX_ENTRIES) {
    appended = await appendSome(now / 1000)
    total += appended
  }
  return total
}

async function appendSome(nowSeconds: number): Promise<number> {
  const slotStart = Math.floor(nowSeconds / SLOT_SECONDS) * SLOT_SECONDS
  return driver('anchor').begin(async (sql) => {
    // First the lock, then the look: what another process appended meanwhile is seen.
    const [head] = await sql.unsafe<{ next: number }[]>(LOCK_STATEMENT)
    if (!head) throw new Error('The anchor log has no counter: a migration makes it.')
    const changed = await sql.unsafe<Changed[]>(CHANGED_STATEMENT, [slotStart])
    if (changed.length === 0) return 0
    const entries = changed.map((log) => ({ log, ...anchorEntry(log.note) }))
    // By their hashes: in the order of tenants, places would tell whose entry is whose.
    entries.sort((a, b) => Buffer.compare(a.entry, b.entry))
    const seqs = entries.map((_, i) => head.next + i)
    await sql.unsafe(INSERT_ENTRIES_STATEMENT, [
      arrayLiteral(seqs),
      byteaArray(entries.map(({ entry }) => entry)),
      byteaArray(entries.map(({ leafHash }) => leafHash)),
    ])
    await sql.unsafe(COUNT_STATEMENT, [entries.length])
    const logs = entries.map(({ log }) => log)
    await sql.unsafe(KEEP_STATEMENT, [
      arrayLiteral(logs.map(({ tenant_id }) => tenant_id)),
      arrayLiteral(logs.map(({ epoch }) => epoch)),
      arrayLiteral(logs.map(({ size }) => size)),
      textArray(logs.map(({ note }) => note)),
      arrayLiteral(logs.map(({ signed_seconds }) => signed_seconds)),
      arrayLiteral(seqs),
      nowSeconds,
    ])
    return entries.length
  })
}
