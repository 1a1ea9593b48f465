import type { EntityView, RecordView } from '@/lib/ledger/entities/entity-view'
import type { RecordInput, SaveEntity } from '@/lib/ledger/entities/input'
import { type EntityType, LINKS } from '@/lib/ledger/entity-types'

/** A row of the form; `id` tells rows apart while they are named. */
export type AttributeDraft = { id: number; name: string; value: string }

/** A period of an entity, as the form holds it; times as RFC 3339, '' is none. */
export type RecordDraft = {
  id: number
  validFrom: string
  validTo: string
  displayName: string
  attributes: AttributeDraft[]
  links: Record<string, string[]>
}

export type EntityDraft = { type: EntityType; key: string; records: RecordDraft[] }

/** What the form offers for a type; blank ones are left out when it is saved. */
const USUAL: Record<EntityType, readonly string[]> = {
  identity: ['email', 'hr_code'],
  account: ['login', 'sid', 'email'],
  group: ['name', 'sid'],
  organisation: ['name'],
  asset: ['name', 'ip'],
  application: ['name'],
  permission: ['name'],
  repository: ['name', 'sid'],
  perimeter: ['name'],
}

let lastId = 0
/** Rows that people add have ids that no row of the same form has. */
export const nextId = (): number => ++lastId

const toRows = (attributes: Record<string, string>): AttributeDraft[] =>
  Object.entries(attributes).map(([name, value]) => ({ id: nextId(), name, value }))

/** The usual attributes of a type, with what is known of them, and then all others that are known. */
function rowsFor(type: EntityType, known: Record<string, string>): AttributeDraft[] {
  return toRows({ ...Object.fromEntries(USUAL[type].map((name) => [name, ''])), ...known })
}

/** What is known of a new entity, by the names of attributes and links, with `key` and `display_name`. */
export type Known = Record<string, string>

export function newDraft(
  type: EntityType,
  { key = '', display_name = '', ...known }: Known = {},
): EntityDraft {
  const links = Object.keys(LINKS[type]).map((name) => [name, known[name] ? [known[name]] : []])
  const attributes = Object.fromEntries(Object.entries(known).filter(([name]) => !(name in LINKS[type])))
  const record: RecordDraft = {
    id: nextId(),
    validFrom: '',
    validTo: '',
    displayName: display_name,
    attributes: rowsFor(type, attributes),
    links: Object.fromEntries(links),
  }
  return { type, key, records: [record] }
}

/** The same answers for another type: what its form does not ask for stays as attributes that have a value. */
export function withType(draft: EntityDraft, type: EntityType): EntityDraft {
  const records = draft.records.map((record) => {
    const known = record.attributes.filter(({ value }) => value.trim() !== '')
    return {
      ...record,
      attributes: rowsFor(type, Object.fromEntries(known.map(({ name, value }) => [name, value]))),
      links: Object.fromEntries(Object.keys(LINKS[type]).map((name) => [name, record.links[name] ?? []])),
    }
  })
  return { ...draft, type, records }
}

export function toDraft({ type, key, records }: Pick<EntityView, 'type' | 'key' | 'records'>): EntityDraft {
  return { type, key, records: records.map((record) => toRecordDraft(type, record)) }
}

function toRecordDraft(type: EntityType, { links, validFrom, validTo, ...record }: RecordView): RecordDraft {
  const names = Object.keys(LINKS[type])
  return {
    id: nextId(),
    validFrom: validFrom?.toISOString() ?? '',
    validTo: validTo?.toISOString() ?? '',
    displayName: record.displayName,
    attributes: toRows(record.attributes),
    links: Object.fromEntries(
      names.map((name) => [name, links.filter((link) => link.name === name).map(({ key }) => key)]),
    ),
  }
}

/** Another period, for what is known from now on: a copy of the last one, which ends where it begins. */
export function withNextRecord(draft: EntityDraft, from: string): EntityDraft {
  const last = draft.records.at(-1)
  if (!last) return draft
  const next: RecordDraft = {
    ...last,
    id: nextId(),
    validFrom: from,
    attributes: last.attributes.map((row) => ({ ...row, id: nextId() })),
  }
  return { ...draft, records: [...draft.records.slice(0, -1), { ...last, validTo: from }, next] }
}

/** What the verb takes; what is blank is left out. */
export function inputOf({ type, key, records }: EntityDraft): SaveEntity {
  return { type, ...(key.trim() && { key: key.trim() }), records: records.map(recordInput) }
}

function recordInput({ validFrom, validTo, displayName, attributes, links }: RecordDraft): RecordInput {
  const filled = attributes.filter(({ name, value }) => name.trim() !== '' && value.trim() !== '')
  return {
    ...(displayName.trim() && { displayName: displayName.trim() }),
    attributes: Object.fromEntries(filled.map(({ name, value }) => [name.trim(), value])),
    links: Object.fromEntries(Object.entries(links).filter(([, keys]) => keys.length > 0)),
    validFrom: validFrom || null,
    validTo: validTo || null,
  }
}
