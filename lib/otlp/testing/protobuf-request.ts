import { fromJson, type JsonObject, type JsonValue, toBinary } from '@bufbuild/protobuf'
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { messageOf } from '@/lib/otlp/messages'

export type JsonRequest = {
  resourceLogs: {
    resource?: JsonObject
    schemaUrl?: string
    scopeLogs: { scope?: JsonObject; schemaUrl?: string; logRecords: JsonObject[] }[]
  }[]
}

type Part = [field: number, bytes: Uint8Array]

function join(parts: Part[]): Uint8Array {
  const writer = new BinaryWriter()
  for (const [field, bytes] of parts) writer.tag(field, WireType.LengthDelimited).bytes(bytes)
  return writer.finish()
}

const encode = (name: 'Resource' | 'InstrumentationScope' | 'LogRecord', value: JsonValue) =>
  toBinary(messageOf(name), fromJson(messageOf(name), value))

const toBase64 = (hex: unknown) => Buffer.from(String(hex), 'hex').toString('base64')

const schemaUrlOf = (url: string | undefined): Part[] => (url ? [[3, Buffer.from(url)]] : [])

/** A request of OTLP's JSON as the protobuf message that says the same; groups say what they are about at their end. */
export function toProtobufRequest({ resourceLogs }: JsonRequest): Buffer {
  const groups = resourceLogs.map(({ resource, schemaUrl, scopeLogs }): Part => {
    const scopes = scopeLogs.map(({ scope, schemaUrl: scopeUrl, logRecords }): Part => {
      const records = logRecords.map((record): Part => {
        const { traceId, spanId, ...rest } = record
        const ids = {
          ...(traceId && { traceId: toBase64(traceId) }),
          ...(spanId && { spanId: toBase64(spanId) }),
        }
        return [2, encode('LogRecord', { ...rest, ...ids } as JsonValue)]
      })
      const about: Part[] = scope ? [[1, encode('InstrumentationScope', scope)]] : []
      return [2, join([...records, ...about, ...schemaUrlOf(scopeUrl)])]
    })
    const about: Part[] = resource ? [[1, encode('Resource', resource)]] : []
    return [1, join([...scopes, ...about, ...schemaUrlOf(schemaUrl)])]
  })
  return Buffer.from(join(groups))
}
