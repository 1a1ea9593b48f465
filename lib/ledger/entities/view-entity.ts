import type { Transaction } from '@/db/client'
import { LINKS } from '@/lib/ledger/entity-types'
import type { EntitySummary, EntityView, RecordView } from './entity-view'
import { holdsAt, type LedgerRecord } from './ledger-record'
import { linkedKey, readLinked, readLinkedFrom } from './read-linked'
import type { StoredEntity } from './stored-entity'

const toDate = (ms: number | null) => (ms === null ? null : new Date(ms))

/** The links of a record; one that its type hasn't is none. */
const linksOf = ({ type }: StoredEntity, { links }: LedgerRecord) =>
  Object.entries(links).flatMap(([name, keys]) => {
    const to = LINKS[type][name]?.to
    return to ? keys.map((key) => ({ name, to, key })) : []
  })

function toRecordView(
  entity: StoredEntity,
  record: LedgerRecord,
  linked: ReadonlyMap<string, EntitySummary>,
): RecordView {
  return {
    validFrom: toDate(record.from),
    validTo: toDate(record.to),
    displayName: record.displayName,
    attributes: { ...record.attributes },
    links: linksOf(entity, record).map((link) => ({ ...link, entity: linked.get(linkedKey(link)) ?? null })),
  }
}

/** All that a page shows of an entity. */
export async function viewEntity(
  tx: Transaction,
  tenantId: string,
  entity: StoredEntity,
): Promise<EntityView> {
  const { id, type, key, records, createdAtMs, updatedAtMs } = entity
  const linked = await readLinked(
    tx,
    tenantId,
    records.flatMap((record) => linksOf(entity, record)),
  )
  const views = records.map((record) => toRecordView(entity, record, linked))
  const now = Date.now()
  const current = views[records.findIndex((record) => holdsAt(record, now))] ?? null
  return {
    id,
    type,
    key,
    displayName: (current ?? views.at(-1))?.displayName ?? key,
    records: views,
    current,
    linkedFrom: await readLinkedFrom(tx, tenantId, entity),
    createdAt: new Date(createdAtMs),
    updatedAt: new Date(updatedAtMs),
  }
}
