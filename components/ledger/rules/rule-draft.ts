import type { EntityType } from '@/lib/ledger/entity-types'
import type { CompareBy, Comparison, Parameter, RuleDefinition } from '@/lib/ledger/rules/definition'

type By<Kind extends Comparison['kind']> = Extract<Comparison, { kind: Kind }>['by']

/** A comparison while it is edited: what all kinds need side by side, so that changing the kind loses nothing. */
export type DraftComparison = {
  /** Stays with it when it is moved. */
  key: number
  kind: Comparison['kind']
  attribute: string
  findsBy: CompareBy
  entityBy: By<'entity'>
  eventBy: By<'event'>
  parameter: Parameter
  /** Blank: the whole value is compared. */
  pattern: string
  text: string
  negate: boolean
}

export type RuleDraft = {
  name: string
  note: string
  entityType: EntityType
  comparisons: readonly DraftComparison[]
}

const BLANK: Omit<DraftComparison, 'key'> = {
  kind: 'finds',
  attribute: '',
  findsBy: 'ignoring-case',
  entityBy: 'ignoring-case',
  eventBy: 'ignoring-case',
  parameter: 1,
  pattern: '',
  text: '',
  negate: false,
}

export type EditedRule = Pick<RuleDraft, 'name' | 'note' | 'entityType'> & { definition: RuleDefinition }

export function toDraft({ name, note, entityType, definition }: EditedRule): RuleDraft {
  return { name, note, entityType, comparisons: definition.comparisons.map(toDraftComparison) }
}

function toDraftComparison(comparison: Comparison, key: number): DraftComparison {
  switch (comparison.kind) {
    case 'finds': {
      const { by, pattern = '', ...rest } = comparison
      return { ...BLANK, ...rest, key, findsBy: by, pattern }
    }
    case 'entity': {
      const { by, ...rest } = comparison
      return { ...BLANK, ...rest, key, entityBy: by }
    }
    case 'event': {
      const { by, ...rest } = comparison
      return { ...BLANK, ...rest, key, eventBy: by }
    }
  }
}

/** As it is saved: only what the kind has, which may not be whole yet. */
export function toDefinition({ comparisons }: Pick<RuleDraft, 'comparisons'>): RuleDefinition {
  return { comparisons: comparisons.map(toComparison) }
}

function toComparison(draft: DraftComparison): Comparison {
  const { kind, attribute, findsBy, entityBy, eventBy, parameter, pattern, text, negate } = draft
  if (kind === 'finds') return { kind, attribute, by: findsBy, parameter, ...(pattern !== '' && { pattern }) }
  if (kind === 'entity') return { kind, attribute, by: entityBy, text, negate }
  return { kind, parameter, by: eventBy, text, negate }
}

export function addComparison(draft: RuleDraft): RuleDraft {
  const key = Math.max(-1, ...draft.comparisons.map((one) => one.key)) + 1
  return { ...draft, comparisons: [...draft.comparisons, { ...BLANK, key }] }
}

export const replaceComparison = (draft: RuleDraft, at: number, next: DraftComparison): RuleDraft => ({
  ...draft,
  comparisons: draft.comparisons.with(at, next),
})

export const removeComparison = (draft: RuleDraft, at: number): RuleDraft => ({
  ...draft,
  comparisons: draft.comparisons.toSpliced(at, 1),
})
