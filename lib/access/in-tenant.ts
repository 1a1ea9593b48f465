import { sql } from 'drizzle-orm'
import { type Transaction, tenantTransaction } from '@/db/client'
import { AppError } from '@/lib/errors/app-error'
import type { TenantScope } from './scope'
import { inTurn } from './tenant-turns'

/** One transaction as the scope's tenant: row-level security hides every other tenant's rows. */
export function inTenant<T>(scope: TenantScope, run: (tx: Transaction) => Promise<T>): Promise<T> {
  return tenantTransaction(scope.tenantId, run)
}

const SNAPSHOT = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const

/** Longer than any search that the block index answers; one that takes it is answered with what to do instead. */
const SNAPSHOT_TIMEOUT_MS = 10_000
const QUERY_CANCELED = '57014'

/**
 * The same for several reads that must agree with each other: all see the trail of one moment, and write nothing.
 * Searches may be slow, so a tenant has a few at a time; not within another one. Throws `invalid` where a statement
 * takes longer than ten seconds.
 */
export function inTenantSnapshot<T>(scope: TenantScope, run: (tx: Transaction) => Promise<T>): Promise<T> {
  return inTurn(scope.tenantId, async () => {
    try {
      return await tenantTransaction(
        scope.tenantId,
        async (tx) => {
          await tx.execute(sql.raw(`set local statement_timeout = ${SNAPSHOT_TIMEOUT_MS}`))
          return run(tx)
        },
        SNAPSHOT,
      )
    } catch (error) {
      if (!(error instanceof Error) || !hasCode(error, QUERY_CANCELED)) throw error
      const message =
        'This filter takes too long on this trail. Use fewer values and texts, or a shorter time.'
      throw new AppError('invalid', message, { cause: error })
    }
  })
}

/** drizzle wraps the driver's error once. */
const hasCode = ({ cause, ...error }: Error, code: string): boolean =>
  ('code' in error && error.code === code) ||
  (cause instanceof Error && 'code' in cause && cause.code === code)
