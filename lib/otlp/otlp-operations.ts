import { z } from 'zod'
import type { Answer, Operation } from '@/lib/api/operation'

const JSON_TYPE = 'application/json'
const PROTOBUF_TYPE = 'application/x-protobuf'

const requestSchema = z
  .looseObject({
    resourceLogs: z
      .array(
        z.looseObject({
          resource: z.looseObject({}).optional(),
          scopeLogs: z
            .array(
              z.looseObject({
                scope: z.looseObject({}).optional(),
                logRecords: z.array(z.looseObject({})).optional(),
              }),
            )
            .optional(),
        }),
      )
      .optional(),
  })
  .describe('ExportLogsServiceRequest of opentelemetry-proto, in its JSON form.')

const responseSchema = z.strictObject({
  partialSuccess: z
    .strictObject({
      rejectedLogRecords: z.string().describe('How many records were not taken.'),
      errorMessage: z.string().describe('Which is the first of them, and why.'),
    })
    .optional(),
})

const statusSchema = z.strictObject({
  code: z.int().describe('A code of google.rpc.Code.'),
  message: z.string(),
})

const binary = (name: string) => z.string().describe(`The protobuf message ${name}.`)
const status = (description: string): Answer => ({
  description,
  content: { [JSON_TYPE]: statusSchema, [PROTOBUF_TYPE]: binary('google.rpc.Status') },
})

/** OTLP over HTTP, for OpenTelemetry's SDKs and Collector. */
export const OTLP_OPERATIONS: readonly Operation[] = [
  {
    id: 'exportLogs',
    tag: 'OpenTelemetry',
    method: 'POST',
    path: '/v1/logs',
    summary: 'Export OpenTelemetry logs',
    description:
      'OTLP over HTTP as JSON or protobuf, also gzip, up to 10 MiB inflated and 20,000 log records; answered in the ' +
      'encoding of the request.\n\n' +
      'A record with the attribute log.record.uid is in the trail once, however often it is sent.',
    permission: 'events:write',
    body: {
      description: 'The resource and the scope of the records, and the records.',
      required: true,
      content: { [JSON_TYPE]: requestSchema, [PROTOBUF_TYPE]: binary('ExportLogsServiceRequest') },
    },
    answers: {
      200: {
        description: 'All records are durable and readable, but for those counted in partialSuccess.',
        content: { [JSON_TYPE]: responseSchema, [PROTOBUF_TYPE]: binary('ExportLogsServiceResponse') },
      },
      400: status('This is no request of OTLP; sending it again will not help.'),
      401: status('The token is missing, unknown, revoked or expired.'),
      403: status('The token may not write events.'),
      413: status('More than 10 MiB, or more than 20,000 records. Send smaller batches.'),
      415: status('Another Content-Type or Content-Encoding.'),
      503: status('The server is busy: send all again after Retry-After.'),
    },
    example: `"$SPOOR/v1/logs" -H 'Content-Type: application/json' -d '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"hello"}}]}]}]}'`,
  },
]
