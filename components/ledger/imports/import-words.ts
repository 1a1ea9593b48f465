import { number } from '@/components/collection/row-counts'
import { ENTITY_LABELS, type EntityType } from '@/lib/ledger/entity-types'

type Counts = { added: number; changed: number; removed: number; unchanged: number }

const PARTS = ['added', 'changed', 'removed', 'unchanged'] as const

/** `3 added, 1 changed`; parts without any are left out. */
export function countWords(counts: Counts): string {
  const parts = PARTS.filter((part) => counts[part] > 0)
  return parts.map((part) => `${number(counts[part])} ${part}`).join(', ') || 'no rows'
}

/** Of a type, in a sentence: `1 account`, `3 identities`. */
export function amountOf(type: EntityType, value: number): string {
  const { one, many } = ENTITY_LABELS[type]
  return `${number(value)} ${(value === 1 ? one : many).toLowerCase()}`
}

export const MODE_WORDS = {
  full: 'Full replacement',
  delta: 'Additions and changes',
} as const
