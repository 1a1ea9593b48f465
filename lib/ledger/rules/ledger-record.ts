import type { EntityType } from '@/lib/ledger/entity-types'

/** A record of an entity as matching reads it; times are milliseconds since 1970, without bounds ±Infinity. */
export type LedgerRecord = {
  id: string
  entityId: string
  type: EntityType
  key: string
  fromMs: number
  toMs: number
  displayName: string
  attributes: Readonly<Record<string, string>>
  links: Readonly<Record<string, readonly string[]>>
}

const NONE: readonly string[] = []

/** What a record has under a name: of an attribute one text, of a link the keys that it names. */
export function valuesOf(record: LedgerRecord, name: string): readonly string[] {
  if (name === 'key') return [record.key]
  if (name === 'display_name') return [record.displayName]
  if (Object.hasOwn(record.links, name)) return record.links[name] ?? NONE
  const value = Object.hasOwn(record.attributes, name) ? record.attributes[name] : undefined
  return value === undefined ? NONE : [value]
}
