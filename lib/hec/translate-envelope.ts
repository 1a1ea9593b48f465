import type { EventInput } from '@/lib/event/event-input'
import { fitDepth, fitText, MAX_MESSAGE, MAX_SHORT_TEXT, toTypeName } from '@/lib/ways-in/fit'
import { isObject } from '@/lib/ways-in/is-object'
import { levelOfWord } from '@/lib/ways-in/level-of-word'
import { liftFields } from '@/lib/ways-in/lift-fields'
import { parseExactJson } from '@/lib/ways-in/parse-exact-json'
import { HecRefusal } from './hec-answer'
import { readHecTime } from './hec-time'
import { type OwnEvent, readOwnEvent, rootIdOf } from './own-event'
import { HEC_NAMES } from './well-known-names'

/** An event for the door. `identity` is set where its sender's identity survives a repeated delivery. */
export type Translation = { event: Partial<EventInput>; identity?: string[] }

const FALLBACK_TYPE = 'splunk'
/** Splunk knows no verb; this one says what is certain. */
const FALLBACK_ACTION = 'logged'
/** `data` itself is the second of the sixteen levels that an event may have. */
const DATA_LEVELS = 15

type Metadata = Record<string, unknown>
type Context = { occurredAt: string | undefined; host: string | undefined; rest: Metadata }

function readMetaText(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw new HecRefusal(6, { detail: `"${name}" must be a text` })
}

const isScalar = (value: unknown) => typeof value !== 'object' || value === null

function checkIndexedFields(fields: unknown): void {
  if (fields === undefined || fields === null) return
  const isFlat = (value: unknown) => (Array.isArray(value) ? value.every(isScalar) : isScalar(value))
  if (isObject(fields) && Object.values(fields).every(isFlat)) return
  throw new HecRefusal(15, { detail: '"fields" must be an object without objects in it' })
}

function checkEvent(event: unknown): void {
  if (event === undefined || event === null) throw new HecRefusal(12)
  const isBlank = typeof event === 'string' ? event.trim() === '' : isObject(event) && isEmpty(event)
  if (isBlank) throw new HecRefusal(13)
}

const isEmpty = (value: object) => Object.keys(value).length === 0

/** A text that is a JSON object is one: raw lines, and loggers that serialise before they send. */
function parseText(event: unknown): unknown {
  if (typeof event !== 'string' || !event.trimStart().startsWith('{')) return event
  try {
    return parseExactJson(Buffer.from(event))
  } catch {
    return event
  }
}

/** `data` with one more member; one that was there under this name moves into it. */
function putUnder(data: Record<string, unknown>, name: string, value: Record<string, unknown>) {
  return { ...data, [name]: Object.hasOwn(data, name) ? { ...value, [name]: data[name] } : value }
}

function fromOwn(own: OwnEvent, { occurredAt, host, rest }: Context): Translation {
  const { event, forwarded } = own
  const rootId = rootIdOf(own)
  const isEnvelopeOurs =
    forwarded && rest.source === 'spoor' && isObject(rest.fields) && rest.fields.audit_id === forwarded.id
  let data: Record<string, unknown> = event.data ?? {}
  if (forwarded) data = putUnder(data, 'forwarded', forwarded)
  if (!isEnvelopeOurs && !isEmpty(rest)) data = putUnder(data, 'hec', rest)
  return {
    event: {
      ...event,
      ...(event.occurredAt === undefined && occurredAt && { occurredAt }),
      ...(event.source === undefined && host && { source: fitText(host, MAX_SHORT_TEXT) }),
      ...(!isEmpty(data) && { data }),
    },
    ...(rootId && { identity: ['forwarded', rootId] }),
  }
}

function messageOf(event: unknown): string | undefined {
  if (typeof event === 'string') return event
  return typeof event === 'number' || typeof event === 'boolean' ? String(event) : undefined
}

function fromForeign(event: unknown, { occurredAt, host, rest }: Context): Translation {
  const places = [event, isObject(event) ? event.message : undefined, rest.fields].filter(isObject)
  const message = messageOf(event)
  const isWhole = typeof event === 'string' && event.length <= MAX_MESSAGE
  const data = {
    ...rest,
    ...(host && host.length > MAX_SHORT_TEXT && { host }),
    ...(!isWhole && { event }),
  }
  return {
    event: {
      type: toTypeName(readMetaText('sourcetype', rest.sourcetype), FALLBACK_TYPE),
      action: FALLBACK_ACTION,
      ...liftFields(HEC_NAMES, places),
      ...(host && { source: fitText(host, MAX_SHORT_TEXT) }),
      ...(message && { message: fitText(message, MAX_MESSAGE) }),
      ...(occurredAt && { occurredAt }),
      ...(!isEmpty(data) && { data: fitDepth(data, DATA_LEVELS) as Record<string, unknown> }),
    },
  }
}

/** Splunk's own loggers wrap what they are given as `{message, severity}`; inside may be one of our events. */
function unwrapOwn(event: unknown): OwnEvent | undefined {
  const own = readOwnEvent(event)
  if (own || !isObject(event) || Object.keys(event).some((name) => name !== 'message' && name !== 'severity'))
    return own
  const wrapped = readOwnEvent(event.message)
  const level = typeof event.severity === 'string' ? levelOfWord(event.severity) : undefined
  return wrapped && { ...wrapped, event: { ...(level && { level }), ...wrapped.event } }
}

/**
 * An object of Splunk's event endpoint as an event: `time` and `host` are when and where from, `sourcetype` the
 * type, well-known names in `event` our fields, and everything stays whole in `data`. An `event` in our own
 * words is taken as it is. Throws `HecRefusal` with Splunk's code for what Splunk would refuse too.
 */
export function translateEnvelope(envelope: Metadata): Translation {
  const { time, host, event, ...rest } = envelope
  checkEvent(event)
  checkIndexedFields(rest.fields)
  const context = { occurredAt: readHecTime(time), host: readMetaText('host', host), rest }
  const parsed = parseText(event)
  const own = unwrapOwn(parsed)
  return own ? fromOwn(own, context) : fromForeign(parsed, context)
}
