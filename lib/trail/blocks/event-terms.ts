import type { EventInput } from '@/lib/event/event-input'
import { MAX_FIELDS_INDEXED } from './layout'
import { networkTerm, PREFIXES, toAddressBytes } from './networks'

export type Emit = (kind: string, value: string) => void

/** Between the names of a path: the one character that no name can have, or `a<sep>b` would be taken for `b` in `a`. */
const PATH_SEPARATOR = '\0'
export const fieldKind = (segments: readonly string[]): string => segments.join(PATH_SEPARATOR)

/** Events whose fields, or words, are too many to be indexed one by one. */
export const OVERFULL = { fields: 'overfull fields', words: 'overfull words' } as const

function emitValue(kind: string, value: unknown, emit: Emit): void {
  if (typeof value === 'string') emit(kind, value)
  else if (typeof value === 'number' || typeof value === 'boolean') emit(kind, String(value))
}

/** Strings, numbers and booleans at their path; of a list, each item at the list's. What stands deeper in lists is not indexed. */
function emitFields(kind: string, value: unknown, emit: Emit): void {
  if (Array.isArray(value)) for (const item of value) emitValue(kind, item, emit)
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value))
      emitFields(`${kind}${PATH_SEPARATOR}${name}`, member, emit)
  else emitValue(kind, value, emit)
}

/** All fields of the event, or that they are too many. */
function emitOwnFields({ data, custom }: EventInput, emit: Emit): void {
  let left = MAX_FIELDS_INDEXED
  const emitSome: Emit = (kind, value) => {
    if (left-- > 0) emit(kind, value)
  }
  if (data) emitFields('data', data, emitSome)
  if (custom) emitFields('custom', custom, emitSome)
  if (left < 0) emit(OVERFULL.fields, '')
}

/** The networks of an address, widest first, the last being the address itself. */
export function addressTerms(address: string): string[] {
  const bytes = toAddressBytes(address)
  return PREFIXES[bytes.length === 4 ? 4 : 6].map((bits) => networkTerm(bytes, bits))
}

/** The terms by which filters find this event, as kind and value, but for its address and its texts. */
export function emitTerms(event: EventInput & { level: string }, emit: Emit): void {
  const { actor, targets } = event
  emit('type', event.type)
  emit('level', event.level)
  emit('action', event.action)
  if (event.status) emit('status', event.status)
  if (event.code) emit('code', event.code)
  if (event.category) emit('category', event.category)
  if (event.source) emit('source', event.source)
  if (event.dataSource) emit('dataSource', event.dataSource)
  if (actor?.login) emit('actor', actor.login)
  if (actor?.identity) emit('actor', actor.identity)
  if (actor?.id) emit('actor', actor.id)
  if (actor?.sessionId) emit('session', actor.sessionId)
  for (const target of targets?.slice(0, 2) ?? []) {
    if (target.type) emit('targetType', target.type)
    if (target.name) emit('target', target.name)
  }
  emitOwnFields(event, emit)
}

/** The texts in which `q` looks for parts of words. */
export function searchedTexts({ message, actor, targets, code, source }: EventInput): string[] {
  const texts = [message, actor?.login, actor?.identity, targets?.[0]?.name, targets?.[1]?.name, code, source]
  return texts.filter((text): text is string => !!text)
}
