import { isStorableText } from '@/lib/errors/parse-input'
import { type EntityType, LIST_SEPARATOR, NAME_ATTRIBUTE } from '@/lib/ledger/entity-types'
import { foldText } from '@/lib/ledger/fold-text'
import type { FieldKind } from './field-kinds'
import type { GivenRecord } from './given-record'
import { MAX_KEY_LENGTH, MAX_LINKED, MAX_VALUE_LENGTH } from './limits'
import { readMoment } from './read-moment'

/** A field with what it is; `value`: text, or a list of texts for a link. */
export type GivenField = { name: string; field: FieldKind; value: string | readonly string[] }

/** Tells what is wrong with a field, by its name; undefined: with the record as a whole. */
type Complain = (name: string | undefined, detail: string) => void

const tidy = (text: string) => text.replaceAll(/\r\n?/g, '\n').trim()

function checkText(name: string, text: string, most: number, complain: Complain): string {
  if (!isStorableText(text)) complain(name, 'It has a character that cannot be stored. Take it out.')
  else if (text.length > most) complain(name, `It is longer than ${most} characters. Shorten it.`)
  return text
}

/** A bar would part it where keys are listed. */
function checkKey(name: string, key: string, complain: Complain): string {
  if (key.includes(LIST_SEPARATOR))
    complain(name, `A key can’t have a "${LIST_SEPARATOR}", which parts lists of keys.`)
  return checkText(name, key, MAX_KEY_LENGTH, complain)
}

function readKeys(
  { name, field, value }: GivenField & { field: { kind: 'link' } },
  complain: Complain,
): string[] {
  const parts = typeof value === 'string' ? (field.link.many ? value.split(LIST_SEPARATOR) : [value]) : value
  const keys = new Map<string, string>()
  for (const part of parts) {
    const key = tidy(part)
    if (key !== '') keys.set(foldText(key), checkKey(name, key, complain))
  }
  if (keys.size > 1 && !field.link.many) complain(name, 'It names more than one. Give one key.')
  if (keys.size > MAX_LINKED) complain(name, `It names more than ${MAX_LINKED}. Name fewer.`)
  return [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key)
}

function readTime(name: string, text: string, complain: Complain): number | null {
  if (text === '') return null
  const time = readMoment(text)
  if (time === undefined)
    complain(name, `"${text.slice(0, 40)}" is no time. Write 2026-03-01 or 2026-03-01T08:00:00Z.`)
  return time ?? null
}

/** Without a key of its own: what events call it, behind the repository that it lies in. */
function makeKey(type: EntityType, { attributes, links }: Pick<GivenRecord, 'attributes' | 'links'>): string {
  const name = attributes[NAME_ATTRIBUTE[type]] ?? ''
  const [repository] = links.repository ?? []
  return name && repository ? `${repository}\\${name}` : name
}

/**
 * Reads what is given for one entity. Blanks around values don't count, and a blank value is none. `columns` are the
 * names of all fields. The key is '' where none was given or can be made; every problem is told.
 */
export function readFields(
  type: EntityType,
  fields: readonly GivenField[],
  columns: ReadonlySet<string>,
  complain: Complain,
): { key: string; given: GivenRecord } {
  let key = ''
  let displayName: string | null = null
  let from: number | null = null
  let to: number | null = null
  const attributes: Record<string, string> = {}
  const links: Record<string, string[]> = {}
  for (const { name, field, value } of fields) {
    if (field.kind === 'link') {
      const keys = readKeys({ name, field, value }, complain)
      if (keys.length > 0) links[name] = keys
      continue
    }
    if (typeof value !== 'string') {
      complain(name, 'It is a list. Give one text.')
      continue
    }
    const text = tidy(value)
    if (field.kind === 'key') key = checkKey(name, text, complain)
    else if (field.kind === 'display_name')
      displayName = checkText(name, text, MAX_VALUE_LENGTH, complain) || null
    else if (field.kind === 'valid_from') from = readTime(name, text, complain)
    else if (field.kind === 'valid_to') to = readTime(name, text, complain)
    else if (text !== '') attributes[name] = checkText(name, text, MAX_VALUE_LENGTH, complain)
  }
  if (from !== null && to !== null && to <= from)
    complain('valid_to', 'It is not after valid_from. Mend one of them.')
  if (key === '') {
    key = makeKey(type, { attributes, links })
    if (key === '')
      complain(
        undefined,
        `There is neither a key nor a ${NAME_ATTRIBUTE[type]} to make one of. Fill in one of them.`,
      )
    else checkKey(NAME_ATTRIBUTE[type], key, complain)
  }
  return { key, given: { from, to, displayName, attributes, links, columns } }
}
