import { moveItem } from '@/components/collection/plans/silo-order'
import type { EntityType } from '@/lib/ledger/entity-types'
import type { LogEntity, PolicyEntry } from '@/lib/ledger/policies/definition'

/** An entry while it is edited; the key stays with it when it is moved. A blank rule is none yet. */
export type DraftEntry = PolicyEntry & { key: number }
export type PolicyDraft = { name: string; note: string; entries: readonly DraftEntry[] }

/** Names the person where there is one, else the account or group itself. */
const FIRST_DISPLAY: Record<'actor' | 'other', string> = {
  actor: '{identity|display_name}',
  other: '{display_name}',
}

export const toDraft = ({ entries, ...rest }: Omit<PolicyDraft, 'entries'> & { entries: PolicyEntry[] }) => ({
  ...rest,
  entries: entries.map(({ logEntity, ruleId, display }, key) => ({ key, logEntity, ruleId, display })),
})

export const toEntries = ({ entries }: Pick<PolicyDraft, 'entries'>): PolicyEntry[] =>
  entries.map(({ logEntity, ruleId, display }) => ({ logEntity, ruleId, display }))

export function addEntry(draft: PolicyDraft): PolicyDraft {
  const key = Math.max(-1, ...draft.entries.map((one) => one.key)) + 1
  const entry = { key, logEntity: 'actor', ruleId: '', display: FIRST_DISPLAY.actor } as const
  return { ...draft, entries: [...draft.entries, entry] }
}

export const replaceEntry = (draft: PolicyDraft, at: number, next: DraftEntry): PolicyDraft => ({
  ...draft,
  entries: draft.entries.with(at, next),
})

export const removeEntry = (draft: PolicyDraft, at: number): PolicyDraft => ({
  ...draft,
  entries: draft.entries.toSpliced(at, 1),
})

export const moveEntry = (draft: PolicyDraft, at: number, by: 1 | -1): PolicyDraft => ({
  ...draft,
  entries: moveItem(draft.entries, at, by),
})

/** An entry for something else: a rule that does not fit any more is taken away, and so is the display of before. */
export function withLogEntity(
  entry: DraftEntry,
  logEntity: LogEntity,
  rules: readonly RuleChoice[],
): DraftEntry {
  const fits = rulesFor(logEntity, rules).some(({ id }) => id === entry.ruleId)
  const first = Object.values(FIRST_DISPLAY).includes(entry.display)
  return {
    ...entry,
    logEntity,
    ruleId: fits ? entry.ruleId : '',
    display: first ? FIRST_DISPLAY[logEntity === 'actor' ? 'actor' : 'other'] : entry.display,
  }
}

export type RuleChoice = { id: string; name: string; entityType: EntityType }

/** A target of a type is found by rules of that type; whoever acts, and what has no type, by any. */
export function rulesFor(logEntity: LogEntity, rules: readonly RuleChoice[]): RuleChoice[] {
  if (logEntity === 'actor' || logEntity === 'undetermined') return [...rules]
  return rules.filter(({ entityType }) => entityType === logEntity)
}
