/** Written out, so that both doors (own pool, caller's transaction) and the plan are the same. */
const COLUMNS = `t uuid, id uuid, keyed boolean, recv timestamptz, occ timestamptz, lv smallint, ty text, ac text,
  st text, co text, ca text, ms text, al text, ai text, aid text, se text, ip inet, tt text, tn text, t2t text,
  t2n text, so text, ds text, o text, b text, seed bytea, leaf bytea, n int`

/**
 * Drops what is in the trail already, locks the tenants' counters in order, numbers the rest, inserts: one
 * statement, so the counters are held only for its commit. `$1` is a JSON array of event rows with their
 * position `n`; ids in it are distinct. Gives `(n, seq, duplicate)` for each. A row of a tenant without
 * counter is missing from the answer. A duplicate that races raises 23505: run it again.
 */
export const APPEND_STATEMENT = `
with x as materialized (
  select * from json_to_recordset($1::text::json) as x(${COLUMNS})
), known as materialized (
  -- The limit keeps this a lookup by key for each row, whatever the planner believes of the table.
  select x.n, e.seq from x
  cross join lateral (select seq from events where tenant_id = x.t and id = x.id limit 1) e
  where x.keyed
), fresh as materialized (
  select * from x where not exists (select 1 from known where known.n = x.n)
), counts as materialized (
  select t, count(*) as events from fresh group by t
), locked as materialized (
  select tenant_id from trail_heads where tenant_id in (select t from counts) order by tenant_id for update
), head as (
  update trail_heads h set next_seq = h.next_seq + c.events
  from counts c where h.tenant_id = c.t and (select count(*) from locked) > 0
  returning h.tenant_id, h.next_seq - c.events as base
), numbered as materialized (
  select fresh.*, head.base + row_number() over (partition by fresh.t order by fresh.n) - 1 as seq
  from fresh join head on head.tenant_id = fresh.t
), inserted as (
  insert into events (tenant_id, seq, id, received_at, occurred_at, level, type, action, status, code, category,
    message, actor_login, actor_identity, actor_id, session_id, ip, target_type, target_name, target2_type,
    target2_name, source, data_source, origin, body, seed, leaf_hash)
  select t, seq, id, recv, occ, lv, ty, ac, st, co, ca, ms, al, ai, aid, se, ip, tt, tn, t2t, t2n, so, ds, o, b,
    seed, leaf
  from numbered
)
select n, seq, false as duplicate from numbered
union all
select n, seq, true from known`

/** What the statement says of one row. */
export type AppendedRow = { n: number; seq: number; duplicate: boolean }
