import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { AppError } from '@/lib/errors/app-error'
import type { FoundEntity } from '@/lib/ledger/matched/find-named'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Throws `not_found`, also for another tenant's id. */
export async function findEntityById(tx: Transaction, tenantId: string, id: string): Promise<FoundEntity> {
  const [found] = UUID.test(id)
    ? await tx.execute<FoundEntity>(sql`
        select id, type, key, key_fold as "keyFold" from ledger_entities where tenant_id = ${tenantId} and id = ${id}`)
    : []
  if (!found) throw new AppError('not_found', `There is no entity ${id.slice(0, 100)} in this ledger.`)
  return found
}
