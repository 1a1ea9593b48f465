import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { AppError } from '@/lib/errors/app-error'

/** A file of a hundred thousand rows is written in less. */
const PATIENCE_MS = 20_000
const LOCK_NOT_AVAILABLE = '55P03'

/**
 * Until the transaction ends, nobody else changes the tenant's ledger. To be called before anything else is locked:
 * then `askToRematch`, then `recordEvent`. Throws `conflict` where somebody else takes too long.
 */
export async function lockLedger(tx: Transaction, tenantId: string): Promise<void> {
  try {
    await tx.execute(sql.raw(`set local lock_timeout = ${PATIENCE_MS}`))
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`spoor ledger ${tenantId}`}, 0))`)
    // The planner knows nothing of a ledger that was just loaded: lookups by key must stay lookups.
    await tx.execute(
      sql.raw(
        'set local lock_timeout = 0; set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off',
      ),
    )
  } catch (error) {
    const { cause } = error as { cause?: { code?: unknown } }
    if (cause?.code !== LOCK_NOT_AVAILABLE) throw error
    const message = 'Somebody else is loading the ledger right now. Wait for the end of that, and try again.'
    throw new AppError('conflict', message, { cause: error })
  }
}
