import type { RejectCode } from '@/lib/collection/reject'
import { LEVELS, type Level } from '@/lib/event/levels'
import { nearestName } from '@/lib/event/nearest-name'
import { readDate } from './read-date'
import { TARGET_TYPES } from './target-types'

/** Why a value is none for its field. */
export type Refusal = { code: RejectCode; reason: string }

const FAMILY = /^[a-z0-9._-]{1,64}$/
const COUNT = /^\d{1,16}$/
/** By it the trail speaks about itself (lib/event/accept-event.ts). */
const RESERVED_PREFIX = 'trail.'
const MAX_ACTION = 128

const didYouMean = (value: string, known: readonly string[]) => {
  const near = nearestName(value, known)
  return near ? `Did you mean ${near}?` : `Known are ${known.join(', ')}.`
}

/** The log type, in lower case. */
export function readFamily(value: string): string | Refusal {
  const family = value.trim().toLowerCase()
  if (!FAMILY.test(family)) {
    const reason = 'A family has 1–64 characters of a–z, 0–9, dot, underscore and hyphen.'
    return { code: 'field_invalid', reason }
  }
  if (!family.startsWith(RESERVED_PREFIX)) return family
  return { code: 'field_invalid', reason: `Families that begin with ${RESERVED_PREFIX} are Spoor's own.` }
}

export function readAction(value: string): string | Refusal {
  if (value.length > MAX_ACTION)
    return {
      code: 'field_invalid',
      reason: `An action has at most ${MAX_ACTION} characters; this has ${value.length}.`,
    }
  if (!value.startsWith(RESERVED_PREFIX)) return value
  return { code: 'field_invalid', reason: `Actions that begin with ${RESERVED_PREFIX} are Spoor's own.` }
}

/** RFC 3339, UTC. */
export function readMoment(value: string): string | Refusal {
  const read = readDate(value.trim())
  return 'moment' in read ? read.moment : { code: 'date_invalid', reason: read.problem }
}

export function readCount(value: string): number | Refusal {
  const text = value.trim()
  const count = COUNT.test(text) ? Number(text) : 0
  if (count >= 1 && Number.isSafeInteger(count)) return count
  return { code: 'count_invalid', reason: 'A count is a whole number from 1; of a single event it is 1.' }
}

export function readStatus(value: string): 'success' | 'fail' | undefined | Refusal {
  if (value === '') return undefined
  const status = value.trim().toLowerCase()
  if (status === 'success' || status === 'fail') return status
  return { code: 'status_unknown', reason: 'A status is success or fail. Turn others into these before.' }
}

const targetTypes = new Map<string, string>(TARGET_TYPES.map((type) => [type, type]))

/** Empty where there is none. */
export function readTargetType(value: string): string | Refusal {
  if (value === '') return ''
  const known = targetTypes.get(value) ?? targetTypes.get(value.trim().toLowerCase())
  if (known) return known
  const reason = `There is no such type of a target. ${didYouMean(value.trim(), TARGET_TYPES)}`
  return { code: 'target_type_unknown', reason }
}

const isLevel = (text: string): text is Level => LEVELS.some((level) => level === text)

/** Where none is given, what failed is a warning, and all else info. */
export function readLevel(value: string, status: 'success' | 'fail' | undefined): Level | Refusal {
  if (value === '') return status === 'fail' ? 'warning' : 'info'
  const level = value.trim().toLowerCase()
  if (isLevel(level)) return level
  return { code: 'field_invalid', reason: `There is no such level. ${didYouMean(level, LEVELS)}` }
}
