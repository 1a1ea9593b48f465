import type { EntityType } from '@/lib/ledger/entity-types'
import { foldText } from '@/lib/ledger/fold-text'

/** An entity as filters name it: `identity:pgustavo`. */
export type NamedEntity = { type: EntityType; keyFold: string }

/** Of a value that the filter's schema let through. */
export function parseEntityValue(value: string): NamedEntity {
  const colon = value.indexOf(':')
  return { type: value.slice(0, colon) as EntityType, keyFold: foldText(value.slice(colon + 1)) }
}
