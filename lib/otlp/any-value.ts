import { AppError } from '@/lib/errors/app-error'
import { isObject } from '@/lib/ways-in/is-object'

/** As deep as protobuf's own readers follow. */
const MAX_NESTING = 100

/** Integers as numbers where that is exact, else as their text; NaN and the infinities as protobuf's JSON spells them. */
function toNumber(value: unknown): number | string {
  if (typeof value !== 'number' && typeof value !== 'string')
    throw new AppError('invalid', 'a number is none')
  const number = Number(value)
  const isExact = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number))
  return isExact && String(value).trim() !== '' ? number : String(value)
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value
  throw new AppError('invalid', 'a text is none')
}

/**
 * An OTLP `AnyValue`, in the form that its JSON has, as plain JSON: maps become objects, bytes stay base64, no
 * value is null. Throws `invalid` for what isn't one.
 */
export function readAnyValue(value: unknown, depth = 0): unknown {
  if (value === undefined || value === null) return null
  if (!isObject(value)) throw new AppError('invalid', 'a value must be an object such as {"stringValue": …}')
  if (depth > MAX_NESTING) throw new AppError('invalid', `values nest more than ${MAX_NESTING} levels`)
  if ('stringValue' in value) return toText(value.stringValue)
  if ('boolValue' in value) return value.boolValue === true
  if ('intValue' in value) return toNumber(value.intValue)
  if ('doubleValue' in value) return toNumber(value.doubleValue)
  if ('bytesValue' in value) return toText(value.bytesValue)
  if ('arrayValue' in value)
    return listOf(value.arrayValue, 'values').map((item) => readAnyValue(item, depth + 1))
  if ('kvlistValue' in value) return readKeyValues(listOf(value.kvlistValue, 'values'), depth + 1)
  return null
}

/** A list of `KeyValue` as an object; of a key that comes twice, which OTLP forbids, the last stays. */
export function readKeyValues(list: unknown[], depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    list.map((pair) => {
      if (!isObject(pair) || typeof (pair.key ?? '') !== 'string')
        throw new AppError('invalid', 'an attribute must be {"key": …, "value": …}')
      return [String(pair.key ?? ''), readAnyValue(pair.value, depth)]
    }),
  )
}

/** The list under a name of an object; empty where there is none, as in protobuf. Throws `invalid` for other values. */
export function listOf(parent: unknown, name: string): unknown[] {
  const list = isObject(parent) ? parent[name] : undefined
  if (list === undefined || list === null) return []
  if (!Array.isArray(list)) throw new AppError('invalid', `"${name}" must be an array`)
  return list
}
