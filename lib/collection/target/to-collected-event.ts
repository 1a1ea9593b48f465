import { isIP } from 'node:net'
import { LEVEL_FIELD } from '@/lib/collection/lines/definition'
import type { Reject } from '@/lib/collection/reject'
import { MAX_EVENT_BYTES } from '@/lib/event/accept-event'
import type { EventInput } from '@/lib/event/event-input'
import { nearestName } from '@/lib/event/nearest-name'
import { CUSTOM_NAMES, FIELD, fieldName } from './fields'
import { readData } from './read-data'
import {
  type Refusal,
  readAction,
  readCount,
  readFamily,
  readLevel,
  readMoment,
  readStatus,
  readTargetType,
} from './read-values'
import { rejectValue } from './reject-value'
import { tidyValues } from './tidy-values'

/** Names by which files may call the workspace: its address, and its aliases. */
export type TargetContext = { mandants: ReadonlySet<string> }

/** An event that was checked as strictly as `acceptEvent` checks, and needs no default. */
export type CollectedEvent = EventInput & { level: string; occurredAt: string }

type Target = NonNullable<EventInput['targets']>[number]
type Values = readonly string[]

/** Bytes that a UTF-16 unit may become in JSON: six for a control character. */
const MAX_BYTES_PER_UNIT = 6
/** More than the names and punctuation of a whole event. */
const FRAME_BYTES = 2048

const at = (values: Values, field: number) => values[field] as string

function refuse(refusal: Refusal, values: Values, field: number): { reject: Reject } {
  return { reject: rejectValue(refusal.code, fieldName(field), at(values, field), refusal.reason) }
}

function unknownMandant(value: string, mandants: ReadonlySet<string>): { reject: Reject } {
  const known = [...mandants]
  const near = nearestName(value, known)
  const hint = near ? `Did you mean ${near}?` : `It is called ${known.join(', ')}.`
  const reason = `That is no name of this workspace, and a file writes into no other. ${hint} Other names are set as aliases of the workspace.`
  return { reject: rejectValue('mandant_unknown', 'mandant', value, reason) }
}

/** Only what might be too large gets here. */
function refuseLarge(event: CollectedEvent, values: Values): { reject: Reject } | undefined {
  const bytes = Buffer.byteLength(JSON.stringify(event))
  if (bytes <= MAX_EVENT_BYTES) return undefined
  const lengths = values.map((value) => value.length)
  const field = lengths.indexOf(Math.max(...lengths))
  const reason = `The event has ${bytes} bytes, most of them in ${fieldName(field)}; at most ${MAX_EVENT_BYTES} are taken.`
  return { reject: rejectValue('event_refused', fieldName(field), at(values, field), reason) }
}

function readActor(values: Values): EventInput['actor'] {
  const actor: NonNullable<EventInput['actor']> = {
    login: at(values, FIELD.whologin),
    repository: at(values, FIELD.whorepository),
  }
  const identity = values[FIELD.whoidentity]
  if (identity) actor.identity = identity
  const sessionId = values[FIELD.whosessionid]
  if (sessionId) actor.sessionId = sessionId
  const source = values[FIELD.wheresource]
  if (source && isIP(source) !== 0 && !source.includes('%')) actor.ip = source
  return actor
}

function addTexts(event: CollectedEvent, values: Values): void {
  const message = values[FIELD.whatdisplaylabel]
  if (message) event.message = message
  const category = values[FIELD.whateventcategory]
  if (category) event.category = category
  const externalRef = values[FIELD.externalref]
  if (externalRef) event.externalRef = externalRef
  const source = values[FIELD.wheresource]
  if (source) event.source = source
  const destination = values[FIELD.wheredestination]
  if (destination) event.destination = destination
  const payload = values[FIELD.whatpayload]
  if (payload) event.payload = payload
  const oldValue = values[FIELD.whatoldvalue]
  if (oldValue) event.oldValue = oldValue
  const newValue = values[FIELD.whatnewvalue]
  if (newValue) event.newValue = newValue
  const data = values[FIELD.whatdata]
  if (data) event.data = readData(data)
}

function addCustom(event: CollectedEvent, values: Values): void {
  for (let i = 0; i < CUSTOM_NAMES.length; i++) {
    const value = values[FIELD.custom1 + i]
    if (!value) continue
    event.custom ??= {}
    event.custom[CUSTOM_NAMES[i] as string] = value
  }
}

function toTarget(type: string, name: string, parent: string): Target | undefined {
  if (type === '' && name === '' && parent === '') return undefined
  const target: Target = {}
  if (type !== '') target.type = type
  if (name !== '') target.name = name
  if (parent !== '') target.parent = parent
  return target
}

/** A second target keeps its place also where there is no first. */
function addTargets(event: CollectedEvent, values: Values, type: string, type2: string): void {
  const first = toTarget(type, at(values, FIELD.whattargetname), at(values, FIELD.whattargetparent))
  const second = toTarget(type2, at(values, FIELD.whattarget2name), at(values, FIELD.whattarget2parent))
  if (second) event.targets = [first ?? {}, second]
  else if (first) event.targets = [first]
}

/**
 * A row's target values (47 and the level, in the order of `FIELD`) as an event of the trail, or why it is none.
 * Never throws.
 */
export function toCollectedEvent(
  given: Values,
  { mandants }: TargetContext,
): { event: CollectedEvent } | { reject: Reject } {
  const read = tidyValues(given)
  if (!('values' in read)) return { reject: read }
  const { values, units } = read
  const mandant = at(values, FIELD.mandant).trim()
  if (mandant !== '' && !mandants.has(mandant)) return unknownMandant(mandant, mandants)
  const type = readFamily(at(values, FIELD.family))
  if (typeof type === 'object') return refuse(type, values, FIELD.family)
  const occurredAt = readMoment(at(values, FIELD.date))
  if (typeof occurredAt === 'object') return refuse(occurredAt, values, FIELD.date)
  const action = readAction(at(values, FIELD.whataction))
  if (typeof action === 'object') return refuse(action, values, FIELD.whataction)
  const count = readCount(at(values, FIELD.whatcount))
  if (typeof count === 'object') return refuse(count, values, FIELD.whatcount)
  const status = readStatus(at(values, FIELD.whatstatus))
  if (typeof status === 'object') return refuse(status, values, FIELD.whatstatus)
  const targetType = readTargetType(at(values, FIELD.whattargettype))
  if (typeof targetType === 'object') return refuse(targetType, values, FIELD.whattargettype)
  const targetType2 = readTargetType(at(values, FIELD.whattarget2type))
  if (typeof targetType2 === 'object') return refuse(targetType2, values, FIELD.whattarget2type)
  const level = readLevel(at(values, FIELD[LEVEL_FIELD]), status)
  if (typeof level === 'object') return refuse(level, values, FIELD[LEVEL_FIELD])
  const event: CollectedEvent = {
    type,
    action,
    level,
    occurredAt,
    code: at(values, FIELD.whateventcode),
    codeLabel: at(values, FIELD.whateventcodelabel),
    actor: readActor(values),
    dataSource: at(values, FIELD.datasource),
    count,
  }
  if (status) event.status = status
  addTexts(event, values)
  addTargets(event, values, targetType, targetType2)
  addCustom(event, values)
  const mayBeLarge = units * MAX_BYTES_PER_UNIT + FRAME_BYTES > MAX_EVENT_BYTES
  return (mayBeLarge && refuseLarge(event, values)) || { event }
}
