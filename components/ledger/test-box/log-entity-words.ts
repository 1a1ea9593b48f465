import { ENTITY_LABELS } from '@/lib/ledger/entity-types'
import type { LogEntity } from '@/lib/ledger/policies/definition'

/** What of an event an entry is for. */
export function logEntityWords(logEntity: LogEntity): string {
  if (logEntity === 'actor') return 'Actor'
  if (logEntity === 'undetermined') return 'Target of undetermined type'
  return `Target: ${ENTITY_LABELS[logEntity].one.toLowerCase()}`
}
