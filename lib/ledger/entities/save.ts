import type { Transaction } from '@/db/client'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { ENTITY_LABELS } from '@/lib/ledger/entity-types'
import { foldText } from '@/lib/ledger/fold-text'
import { askToRematch } from '@/lib/ledger/matching/ask-to-rematch'
import type { EntityView } from './entity-view'
import { readEntity, readEntityByKey } from './find-entity'
import { type SavedEntity, type SaveEntity, saveEntitySchema } from './input'
import { isSameRecords, type LedgerRecord } from './ledger-record'
import { lockLedger } from './lock-ledger'
import { type SavedRecords, savedRecords } from './saved-records'
import type { StoredEntity } from './stored-entity'
import { viewEntity } from './view-entity'
import { writeEntities } from './write-entities'

function refuse(pointer: string, code: string, detail: string): never {
  throw new AppError('conflict', detail, { violations: [{ pointer, code, detail }] })
}

/** The entity that is changed, if any, and nothing else in its way. */
async function findChanged(
  tx: Transaction,
  tenantId: string,
  { type, id, isNew, unchangedSince }: SavedEntity,
  key: string,
): Promise<StoredEntity | undefined> {
  const given = id === undefined ? undefined : await readEntity(tx, tenantId, id)
  const withKey = await readEntityByKey(tx, tenantId, type, key)
  const taken = `There is ${ENTITY_LABELS[type].one.toLowerCase()} ${key} already. Choose another key, or change that one.`
  if (withKey && (isNew || (id !== undefined && withKey.id !== id))) refuse('/key', 'taken', taken)
  const entity = given ?? withKey
  if (entity && entity.type !== type)
    refuse('/type', 'other_type', `This is ${ENTITY_LABELS[entity.type].one.toLowerCase()} ${entity.key}.`)
  if (unchangedSince !== undefined && entity?.updatedAtMs !== Date.parse(unchangedSince))
    throw new AppError(
      'conflict',
      'Somebody else has changed it since you opened this. Open it anew, and make your changes there.',
    )
  return entity
}

/** Names of what differs, without values: people's data stays out of the trail. */
function changedFields(before: LedgerRecord | undefined, after: LedgerRecord | undefined): string[] {
  const flat = (record: LedgerRecord | undefined): Record<string, unknown> =>
    record
      ? {
          display_name: record.displayName,
          ...record.links,
          ...record.attributes,
          valid_from: record.from,
          valid_to: record.to,
        }
      : {}
  const [old, now] = [flat(before), flat(after)]
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => JSON.stringify(old[name] ?? null) !== JSON.stringify(now[name] ?? null),
  )
}

async function write(
  tx: Transaction,
  scope: TenantScope,
  { type }: SavedEntity,
  { key, recordsAfter }: SavedRecords,
  entity: StoredEntity | undefined,
): Promise<string> {
  const { tenantId } = scope
  const records = recordsAfter(entity?.records ?? [])
  if (entity && entity.key === key && isSameRecords(entity.records, records)) return entity.id
  const [id = ''] = await writeEntities(tx, tenantId, type, [{ id: entity?.id, key, records }])
  const what = `${ENTITY_LABELS[type].one} ${key} was ${entity ? 'changed' : 'added'}`
  await askToRematch(tx, tenantId, what)
  await recordEvent(tx, scope, 'LEDGER_ENTITY_SAVED', {
    message: what,
    targets: [{ type, name: key, id }],
    data: {
      isNew: !entity,
      ...(entity && foldText(entity.key) !== foldText(key) && { keyBefore: entity.key }),
      fields: changedFields(entity?.records.at(-1), records.at(-1)),
      records: records.length,
    },
  })
  return id
}

/**
 * Adds an entity or changes one; what is the same already is not written. Throws `invalid` for what can't be so,
 * `conflict` for a key that is taken and for what somebody else has changed meanwhile, `not_found` for a wrong id.
 */
export async function saveEntity(scope: TenantScope, input: SaveEntity): Promise<EntityView> {
  requirePermission(scope, 'ledger:write')
  const { tenantId } = scope
  const given = parseInput(saveEntitySchema, input)
  return inTenant(scope, async (tx) => {
    await lockLedger(tx, tenantId)
    const keyNow =
      given.id !== undefined && given.key === undefined
        ? (await readEntity(tx, tenantId, given.id)).key
        : given.key
    const saved = savedRecords({ ...given, key: keyNow })
    const entity = await findChanged(tx, tenantId, given, saved.key)
    const id = await write(tx, scope, given, saved, entity)
    return viewEntity(tx, tenantId, await readEntity(tx, tenantId, id))
  })
}
