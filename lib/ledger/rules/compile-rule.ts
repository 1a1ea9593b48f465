import { type EntityType, LINKS, NAME_ATTRIBUTE } from '@/lib/ledger/entity-types'
import { foldText, foldWhole } from '@/lib/ledger/fold-text'
import type { Reference } from '@/lib/ledger/matching/references-of'
import { comparer, type Lookup, sameText } from './comparers'
import { compilePattern } from './compile-pattern'
import type { Comparison, Parameter, RuleDefinition } from './definition'
import { type LedgerRecord, valuesOf } from './ledger-record'

export type Finds = Extract<Comparison, { kind: 'finds' }>

/** A comparison that finds: by what a reference says, and whether a record has it. */
export type CompiledFind = {
  attribute: string
  /** What of the reference is looked for; undefined where it says nothing of the kind. */
  wantedOf: (reference: Reference) => string | undefined
  lookup: (wanted: string) => Lookup
  holds: (record: LedgerRecord, wanted: string) => boolean
}

export type CompiledRule = {
  entityType: EntityType
  /** The most selective first: that one is looked up. */
  finds: CompiledFind[]
  /** Whether what the event says is what the rule is for. */
  isFor: (reference: Reference) => boolean
  /** What records that it takes have: looked up where `finds` find too many. */
  required: { attribute: string; lookup: Lookup }[]
  /** Whether a record is one of those that the rule is for. */
  takes: (record: LedgerRecord) => boolean
}

const PARAMETER_OF = { 1: 'name', 2: 'parent', 3: 'identity', 4: 'refId' } as const satisfies Record<
  Parameter,
  keyof Reference
>

/** What a reference says as a parameter: never blank, and nothing that no ledger holds. */
export function parameterOf(reference: Reference, parameter: Parameter): string | undefined {
  const text = reference[PARAMETER_OF[parameter]]
  if (text === null || text.trim() === '' || text.includes('\0') || !text.isWellFormed()) return undefined
  return text
}

/** Throws an Error where a pattern can't be compiled; `checkDefinition` says it better. */
export function compileRule({ comparisons }: RuleDefinition, entityType: EntityType): CompiledRule {
  const narrowing = comparisons.flatMap((comparison) =>
    comparison.kind === 'event' ? [compileEventComparison(comparison)] : [],
  )
  const taking = comparisons.flatMap((comparison) =>
    comparison.kind === 'entity' ? [compileEntityComparison(comparison)] : [],
  )
  return {
    entityType,
    finds: comparisons
      .filter((comparison) => comparison.kind === 'finds')
      .sort((a, b) => costOf(a, entityType) - costOf(b, entityType))
      .map(compileFind),
    required: comparisons.flatMap((comparison) =>
      comparison.kind === 'entity' && !comparison.negate
        ? [{ attribute: comparison.attribute, lookup: { is: [foldText(comparison.text)] } }]
        : [],
    ),
    isFor: (reference) => narrowing.every((holds) => holds(reference)),
    takes: (record) => taking.every((holds) => holds(record)),
  }
}

/** The less, the fewer records a value of it usually finds. */
function costOf({ by, attribute }: Finds, type: EntityType): number {
  if (by === 'attribute-begins') return 7
  if (by === 'parameter-begins') return 6
  if (by === 'sid' || by === 'email') return 0
  if (attribute === 'key') return 1
  if (attribute === NAME_ATTRIBUTE[type]) return 2
  if (attribute === 'display_name') return 4
  return Object.hasOwn(LINKS[type], attribute) ? 5 : 3
}

export function compileFind({ attribute, by, parameter, pattern }: Finds): CompiledFind {
  const { wanted, lookup, holds } = comparer(by)
  const capture = pattern === undefined ? (text: string) => text : compilePattern(pattern).capture
  return {
    attribute,
    wantedOf(reference) {
      const text = parameterOf(reference, parameter)
      const part = text === undefined ? undefined : capture(text)
      return part === undefined || part.trim() === '' ? undefined : wanted(part)
    },
    lookup,
    holds: (record, text) => valuesOf(record, attribute).some((value) => holds(value, text)),
  }
}

export function compileEntityComparison({
  attribute,
  by,
  text,
  negate,
}: Extract<Comparison, { kind: 'entity' }>): (record: LedgerRecord) => boolean {
  const isIt = (value: string) => (by === 'exact' ? value === text : sameText(value, text))
  return (record) => valuesOf(record, attribute).some(isIt) !== negate
}

export function compileEventComparison({
  parameter,
  by,
  text,
  negate,
}: Extract<Comparison, { kind: 'event' }>): (reference: Reference) => boolean {
  const isIt = eventTest(by, text)
  return (reference) => {
    const said = parameterOf(reference, parameter)
    return (said !== undefined && isIt(said)) !== negate
  }
}

function eventTest(by: Extract<Comparison, { kind: 'event' }>['by'], text: string) {
  if (by === 'pattern') return compilePattern(text).fits
  if (by === 'exact') return (said: string) => said === text
  if (by === 'ignoring-case') return (said: string) => sameText(said, text)
  const beginning = foldWhole(text)
  return (said: string) => foldWhole(said).startsWith(beginning)
}
