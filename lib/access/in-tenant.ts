import { type Transaction, tenantTransaction } from '@/db/client'
import type { TenantScope } from './scope'

/** One transaction as the scope's tenant: row-level security hides every other tenant's rows. */
export function inTenant<T>(scope: TenantScope, run: (tx: Transaction) => Promise<T>): Promise<T> {
  return tenantTransaction(scope.tenantId, run)
}

/** The same for several reads that must agree with each other: all see the trail of one moment, and write nothing. */
export function inTenantSnapshot<T>(scope: TenantScope, run: (tx: Transaction) => Promise<T>): Promise<T> {
  return tenantTransaction(scope.tenantId, run, {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  })
}
