import { sql } from 'drizzle-orm'

/** How far streams may read, as rows `(tenant_id, readable)`: below `readable`, exclusive. The only place that says it. */
export const readableHeads = sql`(select tenant_id, next_seq as readable from trail_heads)`
