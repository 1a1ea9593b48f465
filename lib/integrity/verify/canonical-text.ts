import { refuse } from './refusal'

/** Deeper than any event; recursion stays bounded. */
const MAX_DEPTH = 32

/** I-JSON, RFC 7493: text that every reader takes for the same. */
function stringText(value: string): string {
  if (!value.isWellFormed()) refuse('event_malformed', 'A text of the event has half of a surrogate pair.')
  return JSON.stringify(value)
}

/** The JSON Canonicalization Scheme, RFC 8785, of a value that JSON.parse gave. */
export function canonicalText(value: unknown, depth = 0): string {
  if (typeof value === 'string') return stringText(value)
  if (typeof value === 'number' && !Number.isFinite(value))
    return refuse('event_malformed', 'A number of the event is too large for JSON.')
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (depth > MAX_DEPTH) refuse('event_malformed', `The event nests deeper than ${MAX_DEPTH} levels.`)
  let text = ''
  if (Array.isArray(value)) {
    for (const item of value) text += `${text && ','}${canonicalText(item, depth + 1)}`
    return `[${text}]`
  }
  const object = value as Record<string, unknown>
  for (const name of Object.keys(object).sort())
    text += `${text && ','}${stringText(name)}:${canonicalText(object[name], depth + 1)}`
  return `{${text}}`
}
