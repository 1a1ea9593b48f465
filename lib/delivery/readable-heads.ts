import { sql } from 'drizzle-orm'

/**
 * How far streams may read, as rows `(tenant_id, readable, checkpoint)`: below `readable`, exclusive. The only place
 * that says it: what is sealed, so that the checkpoint covers everything that leaves.
 */
export const readableHeads = sql`(select tenant_id, size as readable, note as checkpoint from log_heads)`
