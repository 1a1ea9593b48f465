import { AppError, type Violation } from '@/lib/errors/app-error'
import { nearestName } from '@/lib/event/nearest-name'
import { type EntityType, LINKS } from '@/lib/ledger/entity-types'
import { attributeName } from './attribute-name'
import { fieldKind, nameComplaint } from './field-kinds'
import type { GivenRecord } from './given-record'
import type { RecordInput } from './input'
import { MAX_ATTRIBUTES } from './limits'
import { type GivenField, readFields } from './read-fields'

const MEMBERS: Readonly<Record<string, string>> = {
  display_name: 'displayName',
  valid_from: 'validFrom',
  valid_to: 'validTo',
}

const toToken = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1')

function linkComplaint(type: EntityType, name: string): string | undefined {
  const known = Object.keys(LINKS[type])
  if (known.includes(name)) return undefined
  const near = nearestName(name, known)
  const advice = known.length > 0 ? `It has ${known.join(', ')}.` : 'It has none.'
  return `There is no such link of this type. ${near ? `Did you mean ${near}?` : advice}`
}

function attributeComplaint(type: EntityType, name: string): string | undefined {
  if (fieldKind(type, name).kind !== 'attribute')
    return 'This is no attribute: give it in the place of its own.'
  return nameComplaint(name)
}

/**
 * Checks what a form or program gives of one record. `pointer` is where it stands. Throws `invalid` with a violation
 * for each thing that is wrong.
 */
export function readInput(
  type: EntityType,
  key: string | undefined,
  input: RecordInput,
  pointer = '',
): { key: string; given: GivenRecord } {
  const violations: Violation[] = []
  const complain = (at: string, detail: string) =>
    violations.push({ pointer: `${pointer}${at}`, code: 'invalid', detail })
  const places = new Map<string, string>()
  const fields: GivenField[] = []
  const take = (name: string, at: string, value: string | readonly string[], complaint?: string) => {
    if (complaint) complain(at, complaint)
    else if (places.has(name)) complain(at, 'It is there twice. Keep one of them.')
    else {
      places.set(name, at)
      fields.push({ name, field: fieldKind(type, name), value })
    }
  }
  if (key !== undefined) take('key', '/key', key)
  for (const [given, value] of Object.entries(input.attributes)) {
    const name = attributeName(given)
    take(name, `/attributes/${toToken(given)}`, value, attributeComplaint(type, name))
  }
  for (const [given, value] of Object.entries(input.links)) {
    const name = attributeName(given)
    take(name, `/links/${toToken(given)}`, value, linkComplaint(type, name))
  }
  take('display_name', '/displayName', input.displayName ?? '')
  take('valid_from', '/validFrom', input.validFrom ?? '')
  take('valid_to', '/validTo', input.validTo ?? '')
  if (Object.keys(input.attributes).length > MAX_ATTRIBUTES)
    complain('/attributes', `At most ${MAX_ATTRIBUTES} attributes are kept.`)
  const read = readFields(type, fields, new Set(places.keys()), (name, detail) =>
    complain(name === undefined ? '/key' : (places.get(name) ?? `/${MEMBERS[name] ?? name}`), detail),
  )
  const [first] = violations
  if (first) throw new AppError('invalid', first.detail, { violations })
  return read
}
