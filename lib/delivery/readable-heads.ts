import { sql } from 'drizzle-orm'

/**
 * How far streams may read, as rows `(tenant_id, readable, checkpoint)`: below `readable`, exclusive. The only place
 * that says it: what is sealed, so that the checkpoint covers everything that leaves; with what is below.
 */
export const readableHeads = sql`(select tenant_id, size as readable, note as checkpoint from log_heads)`

/**
 * Where a stream `s` of a destination that carries matches must stop, exclusive: before what is not matched yet. Null
 * for all others, and in tenants without a ledger. As a subquery it is looked up only for streams that pass all else.
 */
export const matchedEnd = sql`(select m.next_seq from destinations c join matching_state m on m.tenant_id = c.tenant_id
  where c.tenant_id = s.tenant_id and c.id = s.destination_id and c.carries_matches)`
