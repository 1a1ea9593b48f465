import { requirePermission } from '@/lib/access/scope'
import { tokenContext } from '@/lib/access/scope-for-token'
import { AppError } from '@/lib/errors/app-error'
import { problemResponse } from '@/lib/http/problem'
import { receiveJson } from './receive-json'
import { receiveNdjson } from './receive-ndjson'
import type { Reception } from './verdict'

/** A map, because the type is the client's word: an object would also know `constructor`. */
const RECEIVERS = new Map<string, typeof receiveNdjson>([
  ['application/json', receiveJson],
  ['application/x-ndjson', receiveNdjson],
  ['application/ndjson', receiveNdjson],
  ['application/jsonl', receiveNdjson],
])
const MEDIA_TYPES = [...RECEIVERS.keys()].join(', ')

const MAX_IDEMPOTENCY_KEY = 255
const IDEMPOTENCY_KEY = new RegExp(`^[\\x20-\\x7e]{1,${MAX_IDEMPOTENCY_KEY}}$`)

function unsupported(detail: string): Response {
  return problemResponse(415, 'Unsupported media type', detail, {}, { 'accept-post': MEDIA_TYPES })
}

function readIdempotencyKey(headers: Headers): string | undefined {
  const key = headers.get('idempotency-key') ?? undefined
  if (key === undefined || IDEMPOTENCY_KEY.test(key)) return key
  throw new AppError('invalid', `Idempotency-Key must be 1–${MAX_IDEMPOTENCY_KEY} visible ASCII characters.`)
}

/** Whether the sender waits for the seal. Throws `invalid` for anything else that it could wait for. */
function readWait({ url }: Request): boolean {
  if (!url.includes('?')) return false
  const wait = new URL(url).searchParams.get('wait') ?? ''
  if (wait === '' || wait === 'sealed') return wait !== ''
  throw new AppError('invalid', `wait must be "sealed", not "${wait.slice(0, 100)}".`)
}

/** `POST /api/v1/events`: a token with `events:write` appends events to its tenant's trail. */
export async function receiveEvents(request: Request): Promise<Response> {
  const { headers } = request
  const context = tokenContext(headers)
  const { scope, idKey } = context instanceof Promise ? await context : context
  requirePermission(scope, 'events:write')
  const [mediaType = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';')
  const receive = RECEIVERS.get(mediaType.trim())
  if (!receive) return unsupported(`Content-Type must be one of ${MEDIA_TYPES}.`)
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='))
  if (charset && !/^charset="?utf-?8"?$/.test(charset)) return unsupported('The only charset is utf-8.')
  const encoding = headers.get('content-encoding')?.toLowerCase()
  if (encoding && encoding !== 'gzip') return unsupported('Content-Encoding must be gzip or absent.')
  const reception: Reception = {
    owner: { tenantId: scope.tenantId, idKey },
    origin: `token:${scope.principal.id}`,
    idempotencyKey: readIdempotencyKey(headers),
  }
  if (!readWait(request)) return receive(request, reception)
  if (receive !== receiveJson) {
    const message =
      'wait=sealed is for JSON: send up to 1,000 events as application/json, or leave it out and fetch proofs later.'
    throw new AppError('invalid', message)
  }
  return receiveJson(request, reception, { mayRead: scope.permissions.has('events:read') })
}
