// `$n` are arrays side by side, as literals: postgres.js can't infer the type of an array of buffers.

/**
 * Heads with something to sign, furthest behind first: of trails that grew, and of those whose checkpoint is older
 * than `$1` seconds since 1970, so that a reader can tell a quiet log from a dead one. `$2` tenants to leave out.
 */
export const BEHIND_STATEMENT = `
select h.tenant_id from log_heads h join trail_heads t on t.tenant_id = h.tenant_id
where (t.next_seq > h.size or h.signed_at < to_timestamp($1::float8)) and h.refused is null
  and h.tenant_id <> all($2::text::uuid[])
order by t.next_seq - h.size desc limit $3::int`

/** Locks those heads that nobody else seals. A key that was replaced signs on until it retires. `$2` is now. */
export const LOCK_STATEMENT = `
select h.tenant_id, h.epoch, h.size, h.root, h.frontier, extract(epoch from h.signed_at)::bigint as signed_seconds,
  extract(epoch from h.kept_at)::bigint as kept_seconds, l.log_id, l.origin, (
    select json_agg(json_build_object('number', k.number, 'vkey', k.vkey) order by k.number desc) from log_keys k
    where k.tenant_id = h.tenant_id and k.epoch = h.epoch
      and (k.retires_at is null or k.retires_at > to_timestamp($2::float8))
  ) as keys
from log_heads h join logs l on l.tenant_id = h.tenant_id and l.epoch = h.epoch
where h.tenant_id = any($1::text::uuid[]) order by h.tenant_id for update of h skip locked`

/** Up to `$3` leaf hashes of each tenant `$1` from seq `$2` on, one after the other. */
export const LEAVES_STATEMENT = `
select x.tenant_id, found.* from unnest($1::text::uuid[], $2::text::bigint[]) as x(tenant_id, first_seq)
cross join lateral (
  select min(seq) as first, max(seq) as last, count(*)::int as count, string_agg(leaf_hash, ''::bytea order by seq) as leaves,
    extract(epoch from min(received_at))::float8 as oldest_seconds, extract(epoch from max(received_at))::float8 as newest_seconds
  from (
    select seq, leaf_hash, received_at from trail_leaves l
    where l.tenant_id = x.tenant_id and l.seq >= x.first_seq order by l.seq limit $3::int
  ) as run
) as found`

export const TILE_ROOTS_STATEMENT = `
select root from log_tiles where tenant_id = $1::text::uuid and level = $2::int
  and idx >= $3::text::bigint and idx < $4::text::bigint order by idx`

export const INSERT_TILES_STATEMENT = `
insert into log_tiles (tenant_id, level, idx, data, root)
select * from unnest($1::text::uuid[], $2::text::smallint[], $3::text::bigint[], $4::text::bytea[], $5::text::bytea[])`

export const UPDATE_HEADS_STATEMENT = `
update log_heads h set size = x.size, root = x.root, frontier = x.frontier, note = x.note,
  signed_at = to_timestamp(x.signed_seconds), kept_at = to_timestamp(x.kept_seconds), refused = null, refused_at = null
from unnest($1::text::uuid[], $2::text::bigint[], $3::text::bytea[], $4::text::bytea[], $5::text::text[],
  $6::text::bigint[], $7::text::bigint[]) as x(tenant_id, size, root, frontier, note, signed_seconds, kept_seconds)
where h.tenant_id = x.tenant_id`

export const KEEP_CHECKPOINTS_STATEMENT = `
insert into log_checkpoints (tenant_id, epoch, size, note, signed_at)
select tenant_id, epoch, size, note, to_timestamp(signed_seconds)
from unnest($1::text::uuid[], $2::text::int[], $3::text::bigint[], $4::text::text[], $5::text::bigint[])
  as x(tenant_id, epoch, size, note, signed_seconds)
on conflict do nothing`

export const REFUSE_STATEMENT = `
update log_heads set refused = $2::text, refused_at = to_timestamp($3::float8)
where tenant_id = $1::text::uuid and refused is distinct from $2::text`

/** Values side by side as the literal of an array; none of them may hold a quote, a comma or a brace. */
export const arrayLiteral = (values: Iterable<string | number>) => `{${[...values].join(',')}}`

export const textArray = (texts: readonly string[]) =>
  `{${texts.map((text) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`

export const byteaArray = (values: readonly Uint8Array[]) =>
  `{${values.map((bytes) => `"\\\\x${Buffer.from(bytes).toString('hex')}"`).join(',')}}`
