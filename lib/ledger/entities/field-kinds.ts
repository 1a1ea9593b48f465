import { type EntityType, LINKS, type LinkKind, NAME_ATTRIBUTE } from '@/lib/ledger/entity-types'
import { MAX_NAME_LENGTH } from '@/lib/ledger/rules/definition'
import { attributeName } from './attribute-name'

/** What a column or field of a record is. */
export type FieldKind =
  | { kind: 'key' | 'display_name' | 'valid_from' | 'valid_to' | 'attribute' }
  | { kind: 'link'; link: LinkKind }

/** As the API and other programs spell them. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['displayname', 'display_name'],
  ['validfrom', 'valid_from'],
  ['validto', 'valid_to'],
])
const OWN = ['key', 'display_name', 'valid_from', 'valid_to'] as const

/** How the field of a record is called that somebody named so. */
export function fieldName(given: string): string {
  const name = attributeName(given)
  return SPELLINGS.get(name) ?? name
}

export function fieldKind(type: EntityType, name: string): FieldKind {
  const own = OWN.find((one) => one === name)
  if (own) return { kind: own }
  const link = Object.hasOwn(LINKS[type], name) ? LINKS[type][name] : undefined
  return link ? { kind: 'link', link } : { kind: 'attribute' }
}

/** Names that mean something for entities of the type. */
export const knownFields = (type: EntityType): string[] => [
  ...OWN,
  ...Object.keys(LINKS[type]),
  NAME_ATTRIBUTE[type],
]

/** Templates part names by braces and bars; `~` stands for words; the last two are every object's in JavaScript. */
const BAD_NAME = /^[^\p{L}\p{N}_]|[\p{Cc}{}|]|^(?:__proto__|constructor)$/u

/** Why an attribute can't be called so; undefined where it can. */
export function nameComplaint(name: string): string | undefined {
  if (name.length > MAX_NAME_LENGTH)
    return `The name is longer than ${MAX_NAME_LENGTH} characters. Shorten it.`
  if (!BAD_NAME.test(name)) return undefined
  return 'An attribute can’t be called so: names begin with a letter, digit or underscore, and have no braces or bars.'
}
