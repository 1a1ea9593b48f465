import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Transaction } from '@/db/client'
import { AppError } from '@/lib/errors/app-error'
import type { EntityType } from '@/lib/ledger/entity-types'
import { foldText } from '@/lib/ledger/fold-text'
import { thisTenant } from '@/lib/ledger/this-tenant'
import { readStoredEntities, type StoredEntity } from './stored-entity'

const noSuchEntity = () => new AppError('not_found', 'There is no such entity in this workspace.')

/** An entity with all that is known of it. Throws `not_found`, also for an id that is none. */
export async function readEntity(tx: Transaction, tenantId: string, id: string): Promise<StoredEntity> {
  if (!z.uuid().safeParse(id).success) throw noSuchEntity()
  const [found] = await readStoredEntities(tx, sql`e.tenant_id = ${thisTenant(tenantId)} and e.id = ${id}`, 1)
  if (!found) throw noSuchEntity()
  return found
}

export async function readEntityByKey(
  tx: Transaction,
  tenantId: string,
  type: EntityType,
  key: string,
): Promise<StoredEntity | undefined> {
  const condition = sql`e.tenant_id = ${thisTenant(tenantId)} and e.type = ${type} and e.key_fold = ${foldText(key)}`
  const [found] = await readStoredEntities(tx, condition, 1)
  return found
}
