import type { z } from 'zod'
import type { Violation } from '@/lib/errors/app-error'
import { pointerStep } from '@/lib/integrity/json-pointer'
import { checkJson } from './check-json'
import { EVENT_FIELDS, type EventInput, eventInputSchema } from './event-input'
import { nearestName } from './nearest-name'

/** Larger belongs into a store of documents, with a link in `data`. */
export const MAX_EVENT_BYTES = 256 * 1024

/** Violations reported per event; the rest would repeat the same mistake. */
const MAX_VIOLATIONS = 10

/** Names that the trail gives, and clients can't. */
const SERVER_FIELDS = new Set(['id', 'seq', 'receivedAt', 'leafHash', 'origin'])
/** Types and actions by which the trail speaks about itself. */
const RESERVED_PREFIX = 'trail.'

/** An event that passed the door: `body` is its JSON text, stored, hashed and given back byte for byte. */
export type AcceptedEvent = { event: EventInput & { level: string; occurredAt: string }; body: string }
export type Acceptance = { accepted: AcceptedEvent } | { violations: Violation[] }

const ISSUE_CODES: Partial<Record<z.core.$ZodIssue['code'], string>> = {
  too_big: 'too_long',
  too_small: 'too_short',
  invalid_value: 'unknown_value',
}

function unknownField(name: string, pointer: string, known: readonly string[]): Violation {
  const step = pointer + pointerStep(name)
  if (pointer === '' && SERVER_FIELDS.has(name))
    return { pointer: step, code: 'server_field', detail: `${name} is given by Spoor and can't be sent` }
  const near = nearestName(name, known)
  const hint = near ? `; did you mean ${near}?` : `; known are ${known.join(', ')}`
  return { pointer: step, code: 'unknown_field', detail: `there is no field ${name.slice(0, 100)}${hint}` }
}

function knownNamesAt(path: PropertyKey[]): readonly string[] {
  if (path.length === 0) return EVENT_FIELDS
  if (path[0] === 'targets') return Object.keys(eventInputSchema.shape.targets.unwrap().element.shape)
  return Object.keys(eventInputSchema.shape.actor.unwrap().shape)
}

function toViolations(issue: z.core.$ZodIssue): Violation[] {
  const pointer = issue.path.map((step) => pointerStep(String(step))).join('')
  if (issue.code === 'unrecognized_keys')
    return issue.keys
      .slice(0, MAX_VIOLATIONS)
      .map((name) => unknownField(name, pointer, knownNamesAt(issue.path)))
  const custom = issue.code === 'custom' ? (issue.params?.code as string | undefined) : undefined
  return [{ pointer, code: custom ?? ISSUE_CODES[issue.code] ?? 'invalid', detail: issue.message }]
}

function reservedName(event: EventInput, isOwn: boolean): Violation | undefined {
  const field = (['type', 'action'] as const).find((name) => event[name].startsWith(RESERVED_PREFIX))
  if (field && !isOwn)
    return { pointer: `/${field}`, code: 'reserved', detail: `names in ${RESERVED_PREFIX}* are Spoor's own` }
  // The one name that zod's records pass over, because readers in JavaScript would set a prototype by it.
  if (event.custom && Object.hasOwn(event.custom, '__proto__'))
    return { pointer: '/custom/__proto__', code: 'reserved', detail: 'this name is not possible in custom' }
  return undefined
}

/** Fills the defaults into a value that is an object; any other is left to the schema to refuse. */
function fillDefaults(value: unknown, receivedAt: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  const event = value as Record<string, unknown>
  if (event.level === undefined) event.level = 'info'
  if (event.occurredAt === undefined) event.occurredAt = receivedAt
}

/**
 * Checks one parsed JSON value at the door and fills the defaults (`level` info, `occurredAt` the moment of
 * receipt, RFC 3339 UTC). Never throws: what is wrong comes back as violations with JSON pointers. Only an event of
 * Spoor's own (`isOwn`) may have a reserved name.
 */
export function acceptEvent(value: unknown, receivedAt: string, isOwn = false): Acceptance {
  const malformed = checkJson(value)
  if (malformed) return { violations: [malformed] }
  fillDefaults(value, receivedAt)
  // The value itself, not zod's copy: what is stored is what was sent.
  const body = JSON.stringify(value)
  const bytes = Buffer.byteLength(body)
  if (bytes > MAX_EVENT_BYTES) {
    const detail = `the event has ${bytes} bytes; at most ${MAX_EVENT_BYTES} are taken`
    return { violations: [{ pointer: '', code: 'too_large', detail }] }
  }
  const parsed = eventInputSchema.safeParse(value)
  if (!parsed.success)
    return { violations: parsed.error.issues.flatMap(toViolations).slice(0, MAX_VIOLATIONS) }
  const event = value as AcceptedEvent['event']
  const reserved = reservedName(event, isOwn)
  return reserved ? { violations: [reserved] } : { accepted: { event, body } }
}
