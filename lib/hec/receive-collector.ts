import { readBody } from '@/lib/trail/receive/read-body'
import { readLines } from '@/lib/trail/receive/read-lines'
import type { Reception } from '@/lib/trail/receive/verdict'
import { parseExactJson } from '@/lib/ways-in/parse-exact-json'
import { HecRefusal, hecAnswer } from './hec-answer'
import { hecContext } from './hec-token'
import { splitObjects } from './split-objects'
import { MAX_PIECE_BYTES, numberLines, takeEvents } from './take-events'
import { translateEnvelope } from './translate-envelope'

/** What Splunk takes from the query string, for events that don't say it themselves. */
const QUERY_METADATA = ['host', 'source', 'sourcetype', 'index', 'time']

function readDefaults(url: string): Record<string, unknown> {
  const { searchParams } = new URL(url)
  const given = QUERY_METADATA.map((name) => [name, searchParams.get(name)]).filter(([, value]) => value)
  return Object.fromEntries(given)
}

async function receive(request: Request): Promise<Reception> {
  const { scope, idKey } = await hecContext(request)
  const encoding = request.headers.get('content-encoding')?.toLowerCase()
  if (encoding && encoding !== 'gzip' && encoding !== 'identity')
    throw new HecRefusal(6, { status: 415, detail: 'Content-Encoding must be gzip or absent' })
  return {
    owner: { tenantId: scope.tenantId, idKey },
    origin: `token:${scope.principal.id}`,
    idempotencyKey: undefined,
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true })

function decodeLine(bytes: Buffer): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new HecRefusal(6, { detail: 'the line is not valid UTF-8' })
  }
}

/** `POST /services/collector/event`: stacked JSON objects, each an envelope with an `event`. */
export async function receiveHecEvents(request: Request): Promise<Response> {
  const reception = await receive(request)
  const defaults = readDefaults(request.url)
  const translate = (bytes: Buffer) =>
    translateEnvelope({ ...defaults, ...(parseExactJson(bytes) as Record<string, unknown>) })
  await takeEvents(splitObjects(readBody(request), MAX_PIECE_BYTES), translate, reception)
  return hecAnswer(0)
}

/** `POST /services/collector/raw`: lines of text, each an event, with the metadata in the query string. */
export async function receiveHecLines(request: Request): Promise<Response> {
  const reception = await receive(request)
  const defaults = readDefaults(request.url)
  const translate = (bytes: Buffer) => translateEnvelope({ ...defaults, event: decodeLine(bytes) })
  await takeEvents(numberLines(readLines(readBody(request), MAX_PIECE_BYTES)), translate, reception)
  return hecAnswer(0)
}

/** `POST /services/collector/ack`: an event is durable before it is answered, so there is nothing to ask for. */
export async function refuseAcks(request: Request): Promise<Response> {
  await receive(request)
  return hecAnswer(14)
}
