import { AppError } from '@/lib/errors/app-error'
import { isObject } from '@/lib/ways-in/is-object'
import { listOf, readKeyValues } from './any-value'

/** Every record carries it, so a large one would multiply; a long list of annotations has some ten KiB. */
const MAX_GROUP_BYTES = 64 * 1024
/** More than twice the batch that an OpenTelemetry Collector sends by default. */
const MAX_RECORDS = 20_000
/** Records with what their groups say of each: a request of 10 MiB that names its resource once has no more. */
const MAX_SPREAD_BYTES = 64 * 1024 * 1024

/** What the resource and the scope say of all their records, as plain JSON; `bytes` is its length as text. */
export type LogGroup = {
  resource: Record<string, unknown>
  scopeName: string | undefined
  data: Record<string, unknown>
  bytes: number
}

/** A record of a request, which is decoded when it is its turn; `bytes` is about what it will take with its group. */
export type SentLog = { group: LogGroup; bytes: number; readRecord(): unknown }

const isFilled = (value: unknown) =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  value !== 0 &&
  value !== '0' &&
  !(isObject(value) && Object.keys(value).length === 0)

/** Without the members that say nothing, which protobuf can't tell from absent ones either. */
export function keepFilled(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => isFilled(value)))
}

type Surroundings = Record<'resource' | 'resourceSchemaUrl' | 'scope' | 'scopeSchemaUrl', unknown>

const isText = (value: unknown) => value === undefined || value === null || typeof value === 'string'

function checkTexts(texts: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(texts))
    if (!isText(value)) throw new AppError('invalid', `"${name}" must be a text`)
}

/**
 * Reads `resource` and `scope` in the form of OTLP's JSON. Only for a group that has records: a request can name
 * thousands of empty ones under one large resource. Throws `invalid`.
 */
export function readGroup(given: Surroundings): LogGroup {
  const scope = isObject(given.scope) ? given.scope : {}
  const { resourceSchemaUrl, scopeSchemaUrl } = given
  const { name, version } = scope
  checkTexts({ 'scope.name': name, 'scope.version': version, resourceSchemaUrl, scopeSchemaUrl })
  const resource = readKeyValues(listOf(given.resource, 'attributes'))
  const data = keepFilled({
    resource,
    scope: keepFilled({
      name,
      version,
      attributes: readKeyValues(listOf(scope, 'attributes')),
    }),
    resourceSchemaUrl,
    scopeSchemaUrl,
  })
  const bytes = Buffer.byteLength(JSON.stringify(data))
  if (bytes > MAX_GROUP_BYTES) {
    const message = `A resource and its scope have ${bytes} bytes of attributes; at most ${MAX_GROUP_BYTES} are taken.`
    throw new AppError('invalid', message)
  }
  return { resource, scopeName: typeof name === 'string' ? name : undefined, data, bytes }
}

/**
 * All records of a request, none of them decoded. Throws `too_large` for more than 20,000, and where what they repeat
 * of their resources would make much more of the request than it is.
 */
export function collectLogs(logs: Iterable<SentLog>): SentLog[] {
  const collected: SentLog[] = []
  let bytes = 0
  for (const log of logs) {
    if (collected.length === MAX_RECORDS) {
      const message = `The request has more than ${MAX_RECORDS} log records. Send smaller batches.`
      throw new AppError('too_large', message)
    }
    bytes += log.bytes
    if (bytes > MAX_SPREAD_BYTES) {
      const message = `The records, each with its resource and scope, have more than ${MAX_SPREAD_BYTES} bytes. Send smaller batches.`
      throw new AppError('too_large', message)
    }
    collected.push(log)
  }
  return collected
}
