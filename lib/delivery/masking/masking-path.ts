import { EVENT_FIELDS, eventInputSchema } from '@/lib/event/event-input'
import { nearestName } from '@/lib/event/nearest-name'
import type { MaskingWay } from './masking-rule'

/** As deep as an event may nest. */
const PATH = /^(\\[\\.]|[^\\.])+(\.(\\[\\.]|[^\\.])+){0,15}$/
const SEGMENT = /(?:\\[\\.]|[^\\.])+/g

/** Without one of these it is no event: filters, levels and times of every receiver rest on them. */
const REQUIRED = new Set(['type', 'action', 'level', 'occurredAt'])
const GIVEN = new Set(['id', 'seq', 'receivedAt', 'leafHash', 'origin', 'erased'])
/** Neither texts nor the tenant's own: any other text in their place breaks what receivers make of them. */
const TYPED = new Set(['status', 'count'])

const { actor, targets } = eventInputSchema.shape
/** Members that have a fixed form, with the names inside. */
const GROUPS: Record<string, readonly string[] | undefined> = {
  actor: Object.keys(actor.unwrap().shape),
  onBehalfOf: Object.keys(actor.unwrap().shape),
  targets: Object.keys(targets.unwrap().element.shape),
}
const OPEN_GROUPS = new Set(['data', 'custom'])
/** What the ledger knows behind actor and targets: entities, with others and texts inside. */
const MATCHED = ['actor', 'targets']
const MATCHED_ENTITIES = ['identity', 'organisation', 'candidates']
const MATCHED_TEXTS = ['display', 'key', 'id']

/** The names that lead to a field: `data.a\.b.c` is `['data', 'a.b', 'c']`. */
export function maskingSegments(path: string): string[] {
  return (path.match(SEGMENT) ?? []).map((segment) => segment.replaceAll(/\\([\\.])/g, '$1'))
}

const nearest = (name: string, known: readonly string[]) => {
  const near = nearestName(name, known)
  return near ? `; did you mean ${near}?` : `; known are ${known.join(', ')}.`
}

/** What is wrong with masking the members of `actor`, `targets` …, whose names are fixed. */
function complainInGroup(group: string, inner: readonly string[], how: MaskingWay): string | undefined {
  const known = GROUPS[group] ?? []
  const isItem = group === 'targets' && /^\d+$/.test(inner[0] ?? '')
  const [name, ...rest] = isItem ? inner.slice(1) : inner
  if (name === undefined)
    return how === 'remove'
      ? undefined
      : `${group} has fields of its own: remove it whole, or name one of them, such as ${group}.${known[0]}.`
  if (!known.includes(name)) return `${group} has no field ${name}${nearest(name, known)}`
  return rest.length > 0 ? `${group}.${name} is a text and has no fields of its own.` : undefined
}

/** What is wrong with masking a member of what the ledger knows: entities are removed whole, their texts hidden. */
function complainInMatched(inner: readonly string[], how: MaskingWay): string | undefined {
  const [member, ...path] = inner
  if (member !== undefined && !MATCHED.includes(member))
    return `matched has no field ${member}${nearest(member, MATCHED)}`
  const within = path.filter((name) => !/^\d+$/.test(name))
  const [entity, ...rest] = within[0] && MATCHED_ENTITIES.includes(within[0]) ? within : ['', ...within]
  const [text, ...more] = rest
  const name = ['matched', ...inner].join('.')
  if (text === undefined)
    return how === 'remove'
      ? undefined
      : `${name} has fields of its own: remove it whole, or hide matched.actor.display and the like.`
  if (!MATCHED_TEXTS.includes(text))
    return `${name} can't be masked${nearest(text, entity ? MATCHED_TEXTS : [...MATCHED_ENTITIES, ...MATCHED_TEXTS])}`
  if (more.length > 0) return `${name} is no field: ${text} is a text.`
  return how === 'remove'
    ? `${name} can be hidden or hashed; remove the entity that it stands in.`
    : undefined
}

/** Why the field at `path` can't be masked this way, as a sentence for people; undefined if it can. */
export function maskingComplaint(how: MaskingWay, path: string): string | undefined {
  if (!PATH.test(path) || path.includes('\0') || !path.isWellFormed())
    return `${path} is no path; write names with dots between them, and \\. for a dot within a name.`
  const [name = '', ...inner] = maskingSegments(path)
  if (REQUIRED.has(name)) return `${name} can't be masked: every event has it, and receivers rest on it.`
  if (GIVEN.has(name)) return `${name} can't be masked: Spoor gives it, and it says nothing about anybody.`
  if (name === 'matched') return complainInMatched(inner, how)
  if (!EVENT_FIELDS.includes(name)) return `There is no field ${name}${nearest(name, EVENT_FIELDS)}`
  if (GROUPS[name]) return complainInGroup(name, inner, how)
  if (OPEN_GROUPS.has(name))
    return inner.length === 0 && how !== 'remove'
      ? `${name} has fields of its own: remove it whole, or name one of them, such as ${name}.example.`
      : undefined
  if (inner.length > 0) return `${name} has no fields of its own.`
  if (TYPED.has(name) && how !== 'remove') return `${name} can only be removed: it is not a free text.`
  return undefined
}
