import { type DescMessage, fromBinary, type JsonObject, toJson } from '@bufbuild/protobuf'
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { AppError } from '@/lib/errors/app-error'
import { type LogGroup, readGroup, type SentLog } from './log-group'
import { messageOf } from './messages'

const RESOURCE = messageOf('Resource')
const SCOPE = messageOf('InstrumentationScope')
const LOG_RECORD = messageOf('LogRecord')

/** Numbers of the fields that lead to a log record: in the request, in `ResourceLogs`, and in `ScopeLogs`. */
const RESOURCE_LOGS = 1
const ABOUT = 1
const INNER = 2
const SCHEMA_URL = 3

type Part = { field: number; bytes: Uint8Array }

/** The length-delimited fields of a message, undecoded, so that what a request claims to hold costs little. */
function* readParts(bytes: Uint8Array): Generator<Part> {
  const reader = new BinaryReader(bytes)
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag()
    if (type === WireType.LengthDelimited) yield { field, bytes: reader.bytes() }
    else reader.skip(type, field)
  }
}

/** Fields that we don't know, of a later version of the protocol, are passed over. */
function decode(message: DescMessage, bytes: Uint8Array): JsonObject {
  try {
    return toJson(message, fromBinary(message, bytes, { readUnknownFields: false })) as JsonObject
  } catch (error) {
    throw notProtobuf(error)
  }
}

const toHex = (base64: unknown) => Buffer.from(String(base64), 'base64').toString('hex')

/** Protobuf's own JSON of a record, with the ids in hexadecimal as OTLP's JSON has them. */
function decodeRecord(bytes: Uint8Array): JsonObject {
  const record = decode(LOG_RECORD, bytes)
  if (record.traceId) record.traceId = toHex(record.traceId)
  if (record.spanId) record.spanId = toHex(record.spanId)
  return record
}

type About = { about: JsonObject | undefined; schemaUrl: string | undefined }

/** What a group of records says about all of them, wherever in the group it stands. */
function readAbout(message: DescMessage, group: Uint8Array): About {
  let about: JsonObject | undefined
  let schemaUrl: string | undefined
  for (const { field, bytes } of readParts(group)) {
    if (field === ABOUT) about = decode(message, bytes)
    if (field === SCHEMA_URL) schemaUrl = Buffer.from(bytes).toString('utf8')
  }
  return { about, schemaUrl }
}

function readScope(resource: About, scopeLogs: Uint8Array): LogGroup {
  const scope = readAbout(SCOPE, scopeLogs)
  return readGroup({
    resource: resource.about,
    resourceSchemaUrl: resource.schemaUrl,
    scope: scope.about,
    scopeSchemaUrl: scope.schemaUrl,
  })
}

function* walk(request: Uint8Array): Generator<SentLog> {
  for (const resourceLogs of readParts(request)) {
    if (resourceLogs.field !== RESOURCE_LOGS) continue
    const resource = readAbout(RESOURCE, resourceLogs.bytes)
    for (const scopeLogs of readParts(resourceLogs.bytes)) {
      if (scopeLogs.field !== INNER) continue
      let group: LogGroup | undefined
      for (const { field, bytes } of readParts(scopeLogs.bytes)) {
        if (field !== INNER) continue
        group ??= readScope(resource, scopeLogs.bytes)
        yield { group, bytes: group.bytes + bytes.length, readRecord: () => decodeRecord(bytes) }
      }
    }
  }
}

function notProtobuf(error: unknown): AppError {
  if (error instanceof AppError) return error
  const reason = error instanceof Error ? error.message.slice(0, 200) : 'unknown'
  return new AppError('invalid', `This is no protobuf message of OTLP logs: ${reason}`)
}

/** The log records of an `ExportLogsServiceRequest` as protobuf, each decoded when it is read. Throws `invalid`. */
export function* readProtobufLogs(bytes: Buffer): Generator<SentLog> {
  try {
    yield* walk(bytes)
  } catch (error) {
    throw notProtobuf(error)
  }
}
