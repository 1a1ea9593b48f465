import { LEVEL_FIELD } from '@/lib/collection/lines/definition'
import { FIELD, MAX_LENGTHS } from './fields'
import {
  type Refusal,
  readAction,
  readCount,
  readFamily,
  readLevel,
  readMoment,
  readStatus,
  readTargetType,
} from './read-values'

const READERS: Readonly<Record<number, (value: string) => unknown>> = {
  [FIELD.family]: readFamily,
  [FIELD.date]: readMoment,
  [FIELD.whataction]: readAction,
  [FIELD.whatcount]: readCount,
  [FIELD.whatstatus]: readStatus,
  [FIELD.whattargettype]: readTargetType,
  [FIELD.whattarget2type]: readTargetType,
  [FIELD[LEVEL_FIELD]]: (value) => readLevel(value, undefined),
}

const isRefusal = (read: unknown): read is Refusal => typeof read === 'object' && read !== null

/**
 * Why a text that every row would have in a field of the target is no value for it, as a sentence: found before any
 * row is read. Undefined if it is one, or blank.
 */
export function checkStaticValue(field: number, value: string): string | undefined {
  if (value.trim() === '') return undefined
  const read = READERS[field]?.(value)
  if (isRefusal(read)) return read.reason
  const most = MAX_LENGTHS[field] as number
  return value.length > most ? `At most ${most} characters are taken; this has ${value.length}.` : undefined
}
