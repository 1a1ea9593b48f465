import { type SQL, sql } from 'drizzle-orm'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { toByteArrays } from './read-windows'
import type { WindowChanges } from './window-changes'

const list = (values: readonly (number | null)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join()}}`
/** Lists as texts in a list: PostgreSQL has no array of arrays of unequal length. */
const lists = (values: readonly (readonly number[])[]): string =>
  `{${values.map((each) => `"{${each.join()}}"`).join()}}`
const moment = (column: string) => sql.raw(`to_timestamp(${column} / 1000)`)

/**
 * Common tables for a statement that begins with `held` and moves the channel's cursor: what its rule learned of the
 * events that the cursor passes. None where it learned nothing.
 */
export function writeWindows(
  { tenantId, destinationId }: StreamKey,
  { rule, windows, forgotten, alarms }: WindowChanges,
): SQL[] {
  const of = sql`${tenantId}::uuid, ${destinationId}::uuid`
  const clauses: SQL[] = []
  if (windows.length > 0)
    clauses.push(sql`rule_kept as (
      insert into rule_windows (tenant_id, destination_id, group_hash, seqs, times, since, first_seq, first_at, quiet_until,
        expires_at)
      select ${of}, w.hash, w.seqs::bigint[], w.times::bigint[], w.since, w.first_seq, ${moment('w.first_at')},
        ${moment('w.quiet_until')}, ${moment('w.expires_at')}
      from held, unnest(${toByteArrays(windows.map(({ groupHash }) => groupHash))}::bytea[],
        ${lists(windows.map(({ seqs }) => seqs))}::text[], ${lists(windows.map(({ times }) => times))}::text[],
        ${list(windows.map(({ since }) => since))}::int[], ${list(windows.map(({ firstSeq }) => firstSeq))}::bigint[],
        ${list(windows.map(({ firstAtMs }) => firstAtMs))}::float8[],
        ${list(windows.map(({ quietUntilMs }) => quietUntilMs))}::float8[],
        ${list(windows.map(({ expiresAtMs }) => expiresAtMs))}::float8[])
        as w(hash, seqs, times, since, first_seq, first_at, quiet_until, expires_at)
      on conflict (tenant_id, destination_id, group_hash) do update set seqs = excluded.seqs, times = excluded.times,
        since = excluded.since, first_seq = excluded.first_seq, first_at = excluded.first_at,
        quiet_until = excluded.quiet_until, expires_at = excluded.expires_at)`)
  if (forgotten.length > 0)
    clauses.push(sql`rule_forgotten as (
      delete from rule_windows r using held, unnest(${toByteArrays(forgotten)}::bytea[]) as f(hash)
      where r.tenant_id = ${tenantId}::uuid and r.destination_id = ${destinationId}::uuid and r.group_hash = f.hash)`)
  if (alarms.length > 0)
    clauses.push(sql`rule_told as (
      insert into rule_alarms (tenant_id, destination_id, seq, group_hash, at, first_seq, events, rule)
      select ${of}, a.seq, a.hash, ${moment('a.at')}, a.first_seq, a.events, ${JSON.stringify(rule)}::text::jsonb
      from held, unnest(${list(alarms.map(({ seq }) => seq))}::bigint[],
        ${toByteArrays(alarms.map(({ groupHash }) => groupHash))}::bytea[], ${list(alarms.map(({ atMs }) => atMs))}::float8[],
        ${list(alarms.map(({ firstSeq }) => firstSeq))}::bigint[], ${list(alarms.map(({ events }) => events))}::int[])
        as a(seq, hash, at, first_seq, events)
      on conflict (tenant_id, destination_id, seq) do nothing)`)
  return clauses
}
