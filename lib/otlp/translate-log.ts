import { AppError } from '@/lib/errors/app-error'
import type { EventInput } from '@/lib/event/event-input'
import type { Level } from '@/lib/event/levels'
import { fitDepth, fitText, MAX_ACTION, MAX_MESSAGE, MAX_SHORT_TEXT, toTypeName } from '@/lib/ways-in/fit'
import { isObject } from '@/lib/ways-in/is-object'
import { levelOfWord } from '@/lib/ways-in/level-of-word'
import { liftFields } from '@/lib/ways-in/lift-fields'
import { toMoment } from '@/lib/ways-in/moment'
import { listOf, readAnyValue, readKeyValues } from './any-value'
import { keepFilled, type LogGroup } from './log-group'
import { OTLP_NAMES } from './well-known-names'

const FALLBACK_TYPE = 'otlp'
/** A log record without an event name: this verb says what is certain. */
const FALLBACK_ACTION = 'logged'
/** `data` itself is the second of the sixteen levels that an event may have. */
const DATA_LEVELS = 15
/** The attribute by which a record sent twice is known as one. */
const RECORD_ID = 'log.record.uid'

/** Lowest severity number of each level. INFO2 is syslog's notice in the data model's own table. */
const LEVEL_BOUNDS: [from: number, level: Level][] = [
  [21, 'critical'],
  [17, 'error'],
  [13, 'warning'],
  [10, 'notice'],
  [9, 'info'],
  [5, 'debug'],
  [1, 'trace'],
]

function levelOf(number: unknown, text: unknown): Level | undefined {
  const severity = typeof number === 'number' ? number : 0
  const byNumber = LEVEL_BOUNDS.find(([from]) => severity >= from)?.[1]
  return byNumber ?? (typeof text === 'string' ? levelOfWord(text) : undefined)
}

/** Nanoseconds since 1970 as RFC 3339; zero means that there is none. All that 64 bits hold are before the year 2555. */
function readMoment(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '' || value === 0 || value === '0') return undefined
  const isText = typeof value === 'string' || typeof value === 'number'
  if (!isText || !/^\d{1,20}$/.test(String(value)))
    throw new AppError('invalid', 'a time must be nanoseconds since 1970')
  return toMoment(BigInt(value))
}

const textOf = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value : undefined)

function messageOf(body: unknown): string | undefined {
  if (typeof body === 'number' || typeof body === 'boolean') return String(body)
  return textOf(body)
}

/** With its source the record's identity at its origin, for ever. */
function identityOf(attributes: Record<string, unknown>, source: unknown) {
  const uid = textOf(attributes[RECORD_ID])
  if (!uid || uid.length > MAX_SHORT_TEXT) return {}
  return { dataSource: typeof source === 'string' ? source : FALLBACK_TYPE, externalRef: uid }
}

/**
 * A log record in the form of OTLP's JSON as an event: its time or when it was observed, its severity as level,
 * a textual body as message, the event's name as action and code, the instrumentation scope as type; everything
 * stays whole in `data`. Throws `invalid` with what is wrong. Source: OpenTelemetry logs data model.
 */
export function translateLog(record: unknown, group: LogGroup): Partial<EventInput> {
  if (!isObject(record)) throw new AppError('invalid', 'a log record must be an object')
  const attributes = readKeyValues(listOf(record, 'attributes'))
  const body = readAnyValue(record.body)
  const occurredAt = readMoment(record.timeUnixNano)
  const observedAt = readMoment(record.observedTimeUnixNano)
  const message = messageOf(body)
  const name = textOf(record.eventName) ?? textOf(attributes['event.name'])
  const level = levelOf(record.severityNumber, record.severityText)
  const lifted = liftFields(OTLP_NAMES, [attributes, group.resource])
  const isBodyWhole =
    message === undefined ? body === null || body === '' : body === message && message.length <= MAX_MESSAGE
  const data = {
    ...(!isBodyWhole && { body }),
    ...keepFilled({
      ...group.data,
      attributes,
      ...(name && name.length > MAX_ACTION && { eventName: name }),
      severityNumber: record.severityNumber,
      severityText: record.severityText,
      observedAt: observedAt === occurredAt ? undefined : observedAt,
      traceId: record.traceId,
      spanId: record.spanId,
      flags: record.flags,
      droppedAttributesCount: record.droppedAttributesCount,
    }),
  }
  return {
    type: toTypeName(group.scopeName, FALLBACK_TYPE),
    action: name ? fitText(name, MAX_ACTION) : FALLBACK_ACTION,
    ...(level && { level }),
    ...lifted,
    ...(name && { code: fitText(name, MAX_SHORT_TEXT) }),
    ...(message && { message: fitText(message, MAX_MESSAGE) }),
    ...((occurredAt ?? observedAt) && { occurredAt: occurredAt ?? observedAt }),
    ...identityOf(attributes, lifted.source),
    ...(Object.keys(data).length > 0 && { data: fitDepth(data, DATA_LEVELS) as Record<string, unknown> }),
  }
}
