import { requirePermission } from '@/lib/access/scope'
import { tokenContext } from '@/lib/access/scope-for-token'
import { AppError } from '@/lib/errors/app-error'
import { HeldBytes } from '@/lib/trail/receive/held-bytes'
import { readWhole } from '@/lib/trail/receive/read-body'
import {
  appendPrepared,
  type Item,
  prepareItems,
  type Reception,
  type Verdict,
} from '@/lib/trail/receive/verdict'
import { collectLogs, type SentLog } from './log-group'
import { answerStatus, answerTaken, encodingOf, type OtlpEncoding, otlpProblem } from './otlp-answer'
import { readJsonLogs } from './read-json-logs'
import { readProtobufLogs } from './read-protobuf-logs'
import { translateLog } from './translate-log'

/** A chunk goes into the trail at so many records or bytes: as large as a flush, and small in memory. */
const CHUNK_RECORDS = 500
const CHUNK_BYTES = 1024 * 1024

const INVALID_ARGUMENT = 3

function toItem(log: SentLog, index: number): Item {
  try {
    return { index, value: translateLog(log.readRecord(), log.group) }
  } catch (error) {
    if (error instanceof AppError)
      return { violation: { pointer: '', code: error.code, detail: error.message } }
    // From the JSON of Node itself, which follows no deeper.
    if (error instanceof RangeError)
      return { violation: { pointer: '', code: 'too_deep', detail: 'the record nests thousands of levels' } }
    throw error
  }
}

function* cutChunks(logs: SentLog[]): Generator<{ start: number; logs: SentLog[] }> {
  let start = 0
  let bytes = 0
  for (const [index, log] of logs.entries()) {
    bytes += log.bytes
    if (index + 1 - start < CHUNK_RECORDS && bytes < CHUNK_BYTES) continue
    yield { start, logs: logs.slice(start, index + 1) }
    start = index + 1
    bytes = 0
  }
  if (start < logs.length) yield { start, logs: logs.slice(start) }
}

function reasonOf({ errors: [first] }: Extract<Verdict, { status: 'rejected' }>, index: number): string {
  const where = first?.pointer ? ` at ${first.pointer}` : ''
  return `log record ${index}${where}: ${first?.detail}`
}

/** Appends all that can be taken, chunk after chunk; a failure of the trail itself is thrown. */
async function take(logs: SentLog[], reception: Reception): Promise<{ rejected: number; reason: string }> {
  let rejected = 0
  let reason = ''
  for (const chunk of cutChunks(logs)) {
    const items = chunk.logs.map((log, i) => toItem(log, chunk.start + i))
    const verdicts = await appendPrepared(prepareItems(items, reception))
    for (const [i, verdict] of verdicts.entries()) {
      if (verdict.status !== 'rejected') continue
      reason ||= reasonOf(verdict, chunk.start + i)
      rejected++
    }
  }
  return { rejected, reason }
}

async function receive(request: Request, encoding: OtlpEncoding): Promise<Response> {
  const { scope, idKey } = await tokenContext(request.headers)
  requirePermission(scope, 'events:write')
  const contentEncoding = request.headers.get('content-encoding')?.toLowerCase()
  if (contentEncoding && contentEncoding !== 'gzip' && contentEncoding !== 'identity')
    return unsupported('Content-Encoding must be gzip or absent.', encoding)
  const held = new HeldBytes()
  try {
    const bytes = await readWhole(request, held)
    const logs = collectLogs(encoding === 'json' ? readJsonLogs(bytes) : readProtobufLogs(bytes))
    const { rejected, reason } = await take(logs, {
      owner: { tenantId: scope.tenantId, idKey },
      origin: `token:${scope.principal.id}`,
      idempotencyKey: undefined,
    })
    return answerTaken(rejected, reason, encoding)
  } finally {
    held.release()
  }
}

function unsupported(message: string, encoding: OtlpEncoding): Response {
  return answerStatus({ status: 415, code: INVALID_ARGUMENT, message }, encoding)
}

/**
 * `POST /v1/logs`, OTLP over HTTP: a token with `events:write` appends log records to its tenant's trail. Records
 * that can't be taken are counted in the answer's `partialSuccess`. After 503 a client sends all again, and what
 * had been taken doubles unless it has a `log.record.uid`.
 */
export async function receiveLogs(request: Request): Promise<Response> {
  const encoding = encodingOf(request.headers.get('content-type'))
  if (!encoding)
    return unsupported('Content-Type must be application/json or application/x-protobuf.', 'json')
  try {
    return await receive(request, encoding)
  } catch (error) {
    return otlpProblem(error, encoding)
  }
}
