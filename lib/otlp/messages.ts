import { create, createFileRegistry, type DescMessage } from '@bufbuild/protobuf'
import {
  FileDescriptorProtoSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from '@bufbuild/protobuf/wkt'

type Field = [jsonName: string, number: number, type: string]

/**
 * The messages of OTLP logs, field by field; `*` marks a repeated field, a name with a capital a message.
 * Source: opentelemetry-proto 1.x (common, resource, logs, collector/logs), google/rpc/status.proto.
 */
const MESSAGES: Record<string, Field[]> = {
  AnyValue: [
    ['stringValue', 1, 'STRING'],
    ['boolValue', 2, 'BOOL'],
    ['intValue', 3, 'INT64'],
    ['doubleValue', 4, 'DOUBLE'],
    ['arrayValue', 5, 'ArrayValue'],
    ['kvlistValue', 6, 'KeyValueList'],
    ['bytesValue', 7, 'BYTES'],
  ],
  ArrayValue: [['values', 1, 'AnyValue*']],
  KeyValueList: [['values', 1, 'KeyValue*']],
  KeyValue: [
    ['key', 1, 'STRING'],
    ['value', 2, 'AnyValue'],
  ],
  Resource: [
    ['attributes', 1, 'KeyValue*'],
    ['droppedAttributesCount', 2, 'UINT32'],
  ],
  InstrumentationScope: [
    ['name', 1, 'STRING'],
    ['version', 2, 'STRING'],
    ['attributes', 3, 'KeyValue*'],
    ['droppedAttributesCount', 4, 'UINT32'],
  ],
  LogRecord: [
    ['timeUnixNano', 1, 'FIXED64'],
    ['severityNumber', 2, 'INT32'],
    ['severityText', 3, 'STRING'],
    ['body', 5, 'AnyValue'],
    ['attributes', 6, 'KeyValue*'],
    ['droppedAttributesCount', 7, 'UINT32'],
    ['flags', 8, 'FIXED32'],
    ['traceId', 9, 'BYTES'],
    ['spanId', 10, 'BYTES'],
    ['observedTimeUnixNano', 11, 'FIXED64'],
    ['eventName', 12, 'STRING'],
  ],
  PartialSuccess: [
    ['rejectedLogRecords', 1, 'INT64'],
    ['errorMessage', 2, 'STRING'],
  ],
  ExportLogsServiceResponse: [['partialSuccess', 1, 'PartialSuccess']],
  Status: [
    ['code', 1, 'INT32'],
    ['message', 2, 'STRING'],
  ],
}

const toSnakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

function toField(message: string, [jsonName, number, given]: Field) {
  const isRepeated = given.endsWith('*')
  const name = isRepeated ? given.slice(0, -1) : given
  const scalar = name in Type ? Type[name as keyof typeof Type] : undefined
  return {
    name: toSnakeCase(jsonName),
    jsonName,
    number,
    label: isRepeated ? Label.REPEATED : Label.OPTIONAL,
    type: scalar ?? Type.MESSAGE,
    ...(scalar === undefined && { typeName: `.otlp.${name}` }),
    // The one union: presence tells an empty text from no value.
    ...(message === 'AnyValue' && { oneofIndex: 0 }),
  }
}

const file = create(FileDescriptorProtoSchema, {
  name: 'otlp.proto',
  package: 'otlp',
  syntax: 'proto3',
  messageType: Object.entries(MESSAGES).map(([name, fields]) => ({
    name,
    field: fields.map((field) => toField(name, field)),
    ...(name === 'AnyValue' && { oneofDecl: [{ name: 'value' }] }),
  })),
})
const registry = createFileRegistry(file, () => undefined)

/** The description of one of the messages above, for the library's functions. */
export function messageOf(name: keyof typeof MESSAGES): DescMessage {
  const found = registry.getMessage(`otlp.${name}`)
  if (!found) throw new Error(`there is no message ${name}`)
  return found
}
