import { sql } from 'drizzle-orm'

/**
 * How far streams may read, as rows `(tenant_id, readable)`: below `readable`, exclusive. The only place that says
 * it: what is sealed, so that a checkpoint covers everything that leaves.
 */
export const readableHeads = sql`(select tenant_id, size as readable from log_heads)`
