import { type SQL, sql } from 'drizzle-orm'

/**
 * The tenant's id in a condition that is to be planned as for any tenant. Of one that was loaded after the tables were
 * analysed, statistics say that it has no rows: then any index that begins with the tenant seems as good as the one
 * that leads to the row, and a lookup may read all of a ledger.
 */
export const thisTenant = (tenantId: string): SQL => sql`(select ${tenantId}::uuid)`
