import { setImmediate as giveWay } from 'node:timers/promises'
import { AppError } from '@/lib/errors/app-error'
import { fieldKind, fieldName, nameComplaint } from '@/lib/ledger/entities/field-kinds'
import { MAX_ATTRIBUTES } from '@/lib/ledger/entities/limits'
import { type GivenField, readFields } from '@/lib/ledger/entities/read-fields'
import type { EntityType } from '@/lib/ledger/entity-types'
import type { GivenEntities } from './given-entities'
import { MAX_JSON_BYTES, MAX_ROWS } from './limits'
import { makePace } from './pace'

type Members = Record<string, unknown>

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The entries of the list. Throws `invalid` and `too_large`. */
function parseEntries(text: string): unknown[] {
  if (Buffer.byteLength(text) > MAX_JSON_BYTES)
    throw new AppError(
      'too_large',
      `JSON may have ${MAX_JSON_BYTES >> 20} MiB at most. Send it in parts, as deltas, or as CSV.`,
    )
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    throw new AppError('invalid', `This is not JSON: ${(error as Error).message.slice(0, 200)}`, {
      cause: error,
    })
  }
  const list = isObject(parsed) ? parsed.entities : parsed
  if (Array.isArray(list)) return list
  throw new AppError('invalid', 'Give a list of objects, or an object whose member "entities" is one.')
}

/** Members as they stand there; those of `attributes` and `links` as if they stood beside them. */
const flatten = (entry: Members): [string, unknown][] =>
  Object.entries(entry).flatMap(([name, value]) =>
    isObject(value) && (name === 'attributes' || name === 'links') ? Object.entries(value) : [[name, value]],
  )

/** Texts, numbers and truth values are texts; null is none. */
function toText(value: unknown): string | undefined {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

function toValue(value: unknown): string | string[] | undefined {
  if (!Array.isArray(value)) return toText(value)
  const texts = value.map(toText)
  return texts.every((text) => text !== undefined) ? texts : undefined
}

function readEntry(type: EntityType, entry: unknown, line: number, entities: GivenEntities): void {
  const complain = (name: string | undefined, detail: string) => entities.complain(line, name, detail)
  if (!isObject(entry)) {
    complain(undefined, 'This is no object. Give one with the fields of an entity.')
    return
  }
  const fields = new Map<string, GivenField>()
  for (const [given, member] of flatten(entry)) {
    const name = fieldName(given)
    const value = toValue(member)
    const complaint = nameComplaint(name)
    if (complaint) complain(given.slice(0, 80), complaint)
    else if (value === undefined) complain(given, 'It is neither a text nor a list of texts.')
    else if (fields.has(name)) complain(given, 'It is there twice. Keep one of them.')
    else fields.set(name, { name, field: fieldKind(type, name), value })
  }
  if (fields.size > MAX_ATTRIBUTES)
    complain(undefined, `It has more than ${MAX_ATTRIBUTES} fields. Leave some out.`)
  const { key, given } = readFields(type, [...fields.values()], new Set(fields.keys()), complain)
  entities.add(key, line, given)
}

/** Reads a list of objects into `entities`; lines are their numbers in the list, from 1. */
export async function readJson(type: EntityType, text: string, entities: GivenEntities): Promise<void> {
  const isTime = makePace()
  const entries = parseEntries(text)
  if (entries.length > MAX_ROWS)
    throw new AppError('too_large', `There are more than ${MAX_ROWS} entries. Send them in parts, as deltas.`)
  for (const [i, entry] of entries.entries()) {
    readEntry(type, entry, i + 1, entities)
    if (entities.isFull) return
    if (isTime()) await giveWay()
  }
}
