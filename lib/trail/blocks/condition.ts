import type { MentionCondition } from '@/lib/ledger/mentions/mention-condition'

/**
 * A filter as the block index answers it. For each event the answer is yes, no, or perhaps: `exact` false makes
 * every yes a perhaps, `unknown` says perhaps of everything. `mention` is answered by the mentions of the ledger, never with perhaps.
 */
export type Condition =
  | { kind: 'term'; name: string; value: string; exact: boolean }
  | { kind: 'part'; part: string; exact: boolean }
  | { kind: 'time'; from: number; to: number }
  | { kind: 'mention'; of: MentionCondition }
  | { kind: 'unknown' }
  | { kind: 'not'; of: Condition }
  | { kind: 'any' | 'all'; of: Condition[] }

/** Every condition in the tree that looks something up. */
export function leavesOf(condition: Condition): Condition[] {
  if (condition.kind === 'not') return leavesOf(condition.of)
  if (condition.kind === 'any' || condition.kind === 'all') return condition.of.flatMap(leavesOf)
  return [condition]
}
