import type { Reject } from '@/lib/collection/reject'
import { FIELD_COUNT, fieldName, MANDATORY, MAX_LENGTHS } from './fields'
import { rejectValue } from './reject-value'

/** All characters that `trim` takes away are up to the one, or from the other on. */
const [LAST_LOW_SPACE, FIRST_HIGH_SPACE] = [32, 0xa0]

/** Blank is a cell with nothing but spaces too; few cells begin with one, so the others are not looked through. */
function isBlank(value: string): boolean {
  const first = value.charCodeAt(0)
  return (first <= LAST_LOW_SPACE || first >= FIRST_HIGH_SPACE) && value.trim() === ''
}

function findBadText(value: string, field: number): Reject | undefined {
  const most = MAX_LENGTHS[field] as number
  if (value.length > most) {
    const reason = `At most ${most} characters are taken; this has ${value.length}.`
    return rejectValue('field_invalid', fieldName(field), value, reason)
  }
  if (!value.includes('\0') && value.isWellFormed()) return undefined
  const what = value.includes('\0') ? 'a NUL character' : 'half of a surrogate pair'
  return rejectValue('field_invalid', fieldName(field), value, `It contains ${what}, which no store keeps.`)
}

function findMissing(values: readonly string[]): Reject | undefined {
  for (const field of MANDATORY) {
    if (values[field] !== '') continue
    const name = fieldName(field)
    return rejectValue('field_missing', name, '', `${name} is mandatory, and has no value here.`)
  }
  return undefined
}

/**
 * A row's target values, of which blank ones are empty, and their length in UTF-16 units; or a reject for one that no
 * event takes, or that is missing.
 */
export function tidyValues(given: readonly string[]): { values: string[]; units: number } | Reject {
  const values = given.slice(0, FIELD_COUNT)
  let units = 0
  for (let field = 0; field < FIELD_COUNT; field++) {
    const value = values[field]
    if (!value || isBlank(value)) {
      values[field] = ''
      continue
    }
    const reject = findBadText(value, field)
    if (reject) return reject
    units += value.length
  }
  return findMissing(values) ?? { values, units }
}
