import type { EntityType } from '@/lib/ledger/entity-types'
import type { Reference } from '@/lib/ledger/matching/references-of'
import type { PolicyVersion } from '@/lib/ledger/policies/definition'
import type { Comparison } from '@/lib/ledger/rules/definition'

/** A record as tests make it; times are days, null without bound. */
export type MadeRecord = {
  from: number | null
  to: number | null
  displayName: string
  attributes: Record<string, string>
  links: Record<string, string[]>
}
export type MadeEntity = { id: string; type: EntityType; key: string; records: MadeRecord[] }

/** Ways of writing that the values of the test know, instead of a second parser. */
const SIDS: Record<string, string> = { 'S-1-5-18': '18', '%{s-1-5-18}': '18', 'S-1-5-19': '19' }
const EMAILS: Record<string, string> = { 'a@x.de': 'a', 'A <A@X.de>': 'a', 'b@x.de': 'b' }

const low = (text: string) => text.normalize('NFC').toLowerCase()

const valuesOf = ({ key }: MadeEntity, record: MadeRecord, name: string): string[] => {
  if (name === 'key') return [key]
  if (name === 'display_name') return [record.displayName]
  const keys = Object.hasOwn(record.links, name) ? record.links[name] : []
  const value = Object.hasOwn(record.attributes, name) ? record.attributes[name] : undefined
  return [...(keys ?? []), ...(value === undefined ? [] : [value])]
}

function isFound(by: Extract<Comparison, { kind: 'finds' }>['by'], value: string, said: string): boolean {
  if (by === 'exact') return value === said
  if (by === 'ignoring-case') return low(value) === low(said)
  if (by === 'sid') return SIDS[value] !== undefined && SIDS[value] === SIDS[said]
  if (by === 'email') return EMAILS[value] !== undefined && EMAILS[value] === EMAILS[said]
  if (by === 'attribute-begins') return low(value).startsWith(low(said))
  return value !== '' && low(said).startsWith(low(value))
}

const saidAs = (reference: Reference, parameter: number): string =>
  [reference.name, reference.parent, reference.identity, reference.refId][parameter - 1] ?? ''

function holds(
  comparison: Comparison,
  entity: MadeEntity,
  record: MadeRecord,
  reference: Reference,
): boolean {
  if (comparison.kind === 'entity') {
    const { attribute, by, text, negate } = comparison
    const same = (value: string) => (by === 'exact' ? value === text : low(value) === low(text))
    return valuesOf(entity, record, attribute).some(same) !== negate
  }
  const said = saidAs(reference, comparison.parameter)
  const isBlank = said.trim() === '' || said.includes('\0') || !said.isWellFormed()
  if (comparison.kind === 'finds')
    return (
      !isBlank &&
      valuesOf(entity, record, comparison.attribute).some((value) => isFound(comparison.by, value, said))
    )
  const { by, text, negate } = comparison
  const fits =
    by === 'exact'
      ? said === text
      : by === 'begins'
        ? low(said).startsWith(low(text))
        : by === 'pattern'
          ? said.includes(text)
          : low(said) === low(text)
  return (!isBlank && fits) !== negate
}

/** What a reference means on a day: by looking at every record for every entry of the policy. */
export function matchNaively(
  { entries }: PolicyVersion,
  ledger: readonly MadeEntity[],
  reference: Reference,
  logEntity: string,
  day: number,
): { entry: number; ids: string[] } | undefined {
  for (const [entry, { logEntity: tried, rule }] of entries.entries()) {
    if (tried !== logEntity) continue
    const ids = ledger
      .filter(
        (entity) =>
          entity.type === rule.entityType &&
          entity.records.some(
            (record) =>
              (record.from ?? -1e9) <= day &&
              day < (record.to ?? 1e9) &&
              rule.definition.comparisons.every((comparison) => holds(comparison, entity, record, reference)),
          ),
      )
      .map(({ id }) => id)
    if (ids.length > 0) return { entry, ids: ids.sort() }
  }
  return undefined
}
