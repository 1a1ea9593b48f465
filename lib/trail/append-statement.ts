/** Fields of an event row as the statement reads them: short names, because every row repeats them. */
const ROW = `t uuid, k int, id uuid, recv timestamptz, occ timestamptz, lv smallint, ty text, ac text, st text,
  co text, ca text, ms text, al text, ai text, aid text, se text, ip inet, tt text, tn text, t2t text, t2n text,
  so text, ds text, o text, b text, seed bytea, leaf bytea`

/**
 * Locks the tenants' counters in order, raises them, inserts the rows: one statement, so the counters are held
 * for its commit only and no reader can see a number before all smaller ones. `$1` tenants and `$2` their number
 * of events as array literals, `$3` a JSON array of event rows, each with its place `k` (0 …) among its
 * tenant's. Gives each tenant's first seq, so a row's is `base + k`; a tenant without counter is missing.
 * An identity that another flush has just stored raises 23505, and then nothing happened.
 */
export const APPEND_STATEMENT = `
with locked as materialized (
  select tenant_id from trail_heads where tenant_id = any($1::text::uuid[]) order by tenant_id for update
), head as (
  update trail_heads h set next_seq = h.next_seq + c.events
  from unnest($1::text::uuid[], $2::text::int[]) as c(tenant_id, events)
  where h.tenant_id = c.tenant_id and (select count(*) from locked) > 0
  returning h.tenant_id, h.next_seq - c.events as base
), inserted as (
  insert into events (tenant_id, seq, id, received_at, occurred_at, level, type, action, status, code, category,
    message, actor_login, actor_identity, actor_id, session_id, ip, target_type, target_name, target2_type,
    target2_name, source, data_source, origin, body, seed, leaf_hash)
  select x.t, head.base + x.k, id, recv, occ, lv, ty, ac, st, co, ca, ms, al, ai, aid, se, ip, tt, tn, t2t, t2n,
    so, ds, o, b, seed, leaf
  from json_to_recordset($3::text::json) as x(${ROW})
  join head on head.tenant_id = x.t
)
select tenant_id, base from head`

/** A tenant's first seq of a flush. */
export type FlushBase = { tenant_id: string; base: number | string }

/**
 * Which of these identities are in the trail, and where. `$1` tenants and `$2` ids, side by side, as array
 * literals. The limit keeps this a lookup by key for each, whatever the planner believes of the table.
 */
export const KNOWN_STATEMENT = `
select x.tenant_id, x.id, known.seq
from unnest($1::text::uuid[], $2::text::uuid[]) as x(tenant_id, id)
cross join lateral (
  select seq from events where events.tenant_id = x.tenant_id and events.id = x.id limit 1
) known`

export type KnownEvent = { tenant_id: string; id: string; seq: number }
