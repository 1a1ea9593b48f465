import { type DescMessage, fromJson, type JsonValue, toBinary } from '@bufbuild/protobuf'
import type { AppErrorCode } from '@/lib/errors/app-error'
import { createResponse } from '@/lib/http/create-response'
import { classifyError } from '@/lib/ways-in/classify-error'
import { messageOf } from './messages'

export type OtlpEncoding = 'json' | 'protobuf'

const MEDIA_TYPES: Record<OtlpEncoding, string> = {
  json: 'application/json',
  protobuf: 'application/x-protobuf',
}
const RESPONSE = messageOf('ExportLogsServiceResponse')
const STATUS = messageOf('Status')

/** Status and code of google.rpc.Code for each of our errors. OTLP's clients send again after 429, 502, 503 and 504. */
const STATUSES: Record<AppErrorCode | 'internal', [status: number, code: number]> = {
  unauthenticated: [401, 16],
  forbidden: [403, 7],
  not_found: [404, 5],
  invalid: [400, 3],
  conflict: [409, 6],
  too_large: [413, 3],
  rate_limited: [429, 8],
  unavailable: [503, 14],
  internal: [500, 13],
}

/** The encoding that a Content-Type asks for; undefined for others. */
export function encodingOf(contentType: string | null): OtlpEncoding | undefined {
  const mediaType = (contentType ?? '').split(';')[0]?.trim().toLowerCase()
  if (mediaType === MEDIA_TYPES.json) return 'json'
  return mediaType === MEDIA_TYPES.protobuf || mediaType === 'application/protobuf' ? 'protobuf' : undefined
}

function answer(
  message: DescMessage,
  value: JsonValue,
  encoding: OtlpEncoding,
  status: number,
  headers: Record<string, string> = {},
): Response {
  const body = encoding === 'json' ? JSON.stringify(value) : toBinary(message, fromJson(message, value))
  return createResponse(body as BodyInit, {
    status,
    headers: { 'content-type': MEDIA_TYPES[encoding], 'cache-control': 'no-store', ...headers },
  })
}

/** The request was read; what was refused of it is counted, with the reason of the first. */
export function answerTaken(rejected: number, reason: string, encoding: OtlpEncoding): Response {
  if (rejected === 0) return answer(RESPONSE, {}, encoding, 200)
  const partialSuccess = { rejectedLogRecords: String(rejected), errorMessage: reason }
  return answer(RESPONSE, { partialSuccess }, encoding, 200)
}

/** An error as google.rpc.Status; `status` where HTTP has one of its own. */
export function answerStatus(
  { status, code, message }: { status: number; code: number; message: string },
  encoding: OtlpEncoding,
  headers?: Record<string, string>,
): Response {
  return answer(STATUS, { code, message }, encoding, status, headers)
}

/** Any error as google.rpc.Status in the request's encoding. */
export function otlpProblem(error: unknown, encoding: OtlpEncoding): Response {
  const { code, message, retryAfterSeconds } = classifyError(error)
  const [status, rpcCode] = STATUSES[code]
  return answerStatus({ status, code: rpcCode, message }, encoding, {
    ...(status === 401 && { 'www-authenticate': 'Bearer realm="spoor"' }),
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  })
}
