import type { Transaction } from '@/db/client'
import { ENTITY_LABELS, type EntityType } from '@/lib/ledger/entity-types'
import type { MatchedEntity, ShownEntity } from '@/lib/ledger/matched/matched-event'
import type { Reference } from '@/lib/ledger/matching/references-of'
import { compileEventComparison, compileFind } from '@/lib/ledger/rules/compile-rule'
import type { Comparison } from '@/lib/ledger/rules/definition'
import type { CompiledEntry } from './compile-policy'
import { describeComparison, describeMissing, quoted } from './describe-comparison'
import type { ExplainedComparison, ExplainedEntry } from './policy-view'
import { type Tested, testComparisons } from './test-comparisons'

type Asked = {
  entry: CompiledEntry
  comparisons: readonly Comparison[]
  reference: Reference
  atMs: number
  isTried: boolean
  /** What it was found to mean, if this entry won. */
  found: MatchedEntity | undefined
}

/** What an entry of a policy does for a reference, and what each of its comparisons finds by itself. */
export async function explainEntry(tx: Transaction, tenantId: string, asked: Asked): Promise<ExplainedEntry> {
  const { entry, comparisons, reference, isTried, found } = asked
  const { place, logEntity, ruleId, ruleName, ruleVersion, rule } = entry
  const common = {
    place,
    logEntity,
    rule: { id: ruleId, name: ruleName, version: ruleVersion, entityType: rule.entityType },
    isTried,
  }
  if (!isTried)
    return {
      ...common,
      found: [],
      comparisons: [],
      says: 'Not tried: an entry before it has found something.',
    }
  const tested = await testComparisons(tx, tenantId, rule.entityType, comparisons, reference, asked.atMs)
  const shown = found ? toFound(found) : []
  return {
    ...common,
    found: shown,
    comparisons: tested.comparisons.map((test, i) => ({
      text: describeComparison(comparisons[i] as Comparison, reference),
      ...test,
    })),
    says: shown.length > 0 ? sayFound(shown, rule.entityType) : sayNothing(asked, tested),
  }
}

function toFound({ id, type, key, display, candidates }: MatchedEntity): ShownEntity[] {
  if (candidates) return candidates
  return id !== undefined && type !== undefined && key !== undefined ? [{ id, type, key, display }] : []
}

function sayFound(shown: readonly ShownEntity[], type: EntityType): string {
  const { one, many } = ENTITY_LABELS[type]
  const [first] = shown
  if (shown.length === 1 && first) return `Finds the ${one.toLowerCase()} ${quoted(first.key)}.`
  return `Finds ${shown.length} ${many.toLowerCase()}: ambiguous, so none of them is taken.`
}

function sayNothing({ comparisons, reference, entry }: Asked, tested: Tested): string {
  for (const comparison of comparisons) {
    if (comparison.kind === 'event' && !compileEventComparison(comparison)(reference))
      return `Not for this name: ${describeComparison(comparison, reference)} does not hold.`
    if (comparison.kind === 'finds' && compileFind(comparison).wantedOf(reference) === undefined)
      return describeMissing(comparison, reference)
  }
  if (tested.isAtOtherTimes) return `The ledger has one that fits, but its record does not hold at that time.`
  return sayWhere(comparisons, reference, entry.rule.entityType, tested.comparisons)
}

/** `No account fits: login is …` or `3 accounts fit repository is …, and none of them: login is …`. */
function sayWhere(
  comparisons: readonly Comparison[],
  reference: Reference,
  type: EntityType,
  tests: readonly Omit<ExplainedComparison, 'text'>[],
): string {
  const { one, many } = ENTITY_LABELS[type]
  const at = tests.findIndex(({ left }) => left === 0)
  const text = (i: number) => describeComparison(comparisons[i] as Comparison, reference)
  if (at < 0) return `No ${one.toLowerCase()} fits all of it.`
  const test = tests[at]
  const others = comparisons.findIndex(({ kind }, i) => i < at && kind !== 'event')
  if (test?.holds === 0 || others < 0) return `No ${one.toLowerCase()} fits: ${text(at)}.`
  const before = tests[at - 1]
  const number = `${before?.left ?? 0}${before?.isMore ? ' or more' : ''}`
  const whom = before?.left === 1 ? `One ${one.toLowerCase()} fits` : `${number} ${many.toLowerCase()} fit`
  return `${whom} what stands before, but not: ${text(at)}.`
}
