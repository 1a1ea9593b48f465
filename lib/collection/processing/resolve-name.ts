import { nearestName } from '@/lib/event/nearest-name'
import { type EventType, findProperty, PROPERTIES_ATTRIBUTE } from './event-properties'

export const PARAM_PREFIX = 'param.'
export const FORMATTED = 'formattedRawData'
/** Columns of the event properties table that templates know. They go before attributes of the same name. */
const TYPE_COLUMNS = ['message', 'category', 'subcategory'] as const
type TypeColumn = (typeof TYPE_COLUMNS)[number]
const isTypeColumn = (name: string): name is TypeColumn => TYPE_COLUMNS.some((known) => known === name)

/** What templates of a mapping may name. */
export type NameSpace = {
  eventId: string
  /** Undefined where the event properties table does not have the event id. */
  type: EventType | undefined
  /** Attributes of a row to their places; undefined while they are not known: then any may be one. */
  attributes: ReadonlyMap<string, number> | undefined
}

/** What a name puts in: a text that never changes, an attribute, a property of the event, or all of them. */
export type Resolved =
  | { kind: 'text'; text: string }
  | { kind: 'attribute'; slot: number }
  | { kind: 'property'; place: number }
  | { kind: 'formatted' }
  | { kind: 'unknown'; detail: string }

/** Enough to find the right one among; logs have a dozen columns. */
const MAX_LISTED = 20

const unknown = (detail: string): Resolved => ({ kind: 'unknown', detail })

const hint = (near: string | undefined, known: string) => (near ? `Did you mean {${near}}?` : known)

function resolveProperty(wanted: string, { names }: EventType, eventId: string): Resolved {
  const [place, second] = findProperty(names, wanted)
  if (place !== undefined && second === undefined) return { kind: 'property', place }
  if (place !== undefined && second !== undefined) {
    const numbers = `${place + 1} and ${second + 1}`
    return unknown(
      `Event ${eventId} has two properties ${wanted}, numbers ${numbers}. Give them different names.`,
    )
  }
  const near = nearestName(wanted, names.filter(Boolean))
  const known = names.length > 0 ? `It has ${names.filter(Boolean).join(', ')}.` : 'It has none.'
  return unknown(
    `Event ${eventId} has no property ${wanted}. ${hint(near && PARAM_PREFIX + near, known)}`.trim(),
  )
}

/** What needs the event properties table. Undefined for names of attributes. */
function resolveOfType(name: string, { eventId, type, attributes }: NameSpace): Resolved | undefined {
  const isParam = name.startsWith(PARAM_PREFIX)
  if (!isParam && name !== FORMATTED && !isTypeColumn(name)) return undefined
  if (!type)
    return unknown(`{${name}} needs event ${eventId} in the event properties table. Add a row there.`)
  if (isTypeColumn(name)) return { kind: 'text', text: type[name] }
  if (attributes && !attributes.has(PROPERTIES_ATTRIBUTE)) {
    const near = nearestName(PROPERTIES_ATTRIBUTE, [...attributes.keys()])
    const isNear = near ? ` There is ${near}: set ${PROPERTIES_ATTRIBUTE} to it in an update step.` : ''
    return unknown(
      `{${name}} needs an attribute ${PROPERTIES_ATTRIBUTE}, with values separated by |.${isNear}`,
    )
  }
  if (!isParam) return { kind: 'formatted' }
  return resolveProperty(name.slice(PARAM_PREFIX.length), type, eventId)
}

/** The attributes, and what else templates know, for the nearest name. */
const knownNames = (names: readonly string[], type: EventType | undefined) => [
  ...names,
  ...TYPE_COLUMNS,
  FORMATTED,
  ...(type?.names ?? []).filter(Boolean).map((name) => PARAM_PREFIX + name),
]

/**
 * What a name in a template of a mapping puts in. `{eventid}` is the event id also where rows call it otherwise. The
 * `detail` of an unknown one is a sentence with the nearest known name.
 */
export function resolveName(name: string, space: NameSpace): Resolved {
  const ofType = resolveOfType(name, space)
  if (ofType) return ofType
  const { attributes, eventId, type } = space
  const slot = attributes ? attributes.get(name) : 0
  if (slot !== undefined) return { kind: 'attribute', slot }
  if (name === 'eventid') return { kind: 'text', text: eventId }
  const names = [...(attributes?.keys() ?? [])]
  // Who forgets the prefix means the property: by letters the name is too far from it.
  const isOwn = findProperty(type?.names ?? [], name).length > 0
  const near = isOwn ? PARAM_PREFIX + name : nearestName(name, knownNames(names, type))
  const known = names.slice(0, MAX_LISTED).join(', ') || 'none'
  return unknown(`There is no attribute ${name}. ${hint(near, `Rows have ${known}.`)}`)
}
