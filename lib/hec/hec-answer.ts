import { AppError } from '@/lib/errors/app-error'
import { createResponse } from '@/lib/http/create-response'
import { classifyError } from '@/lib/ways-in/classify-error'

/** Status and text of each code that we answer with. Source: Splunk documentation, "Troubleshoot HTTP Event Collector". */
const CODES = {
  0: [200, 'Success'],
  1: [403, 'Token disabled'],
  2: [401, 'Token is required'],
  3: [401, 'Invalid authorization'],
  4: [403, 'Invalid token'],
  5: [400, 'No data'],
  6: [400, 'Invalid data format'],
  8: [500, 'Internal server error'],
  9: [503, 'Server is busy'],
  12: [400, 'Event field is required'],
  13: [400, 'Event field cannot be blank'],
  14: [400, 'ACK is disabled'],
  15: [400, 'Error in handling indexed fields'],
  16: [400, 'Query string authorization is not enabled'],
  17: [200, 'HEC is healthy'],
  18: [503, 'HEC is unhealthy, queues are full'],
  21: [400, 'Invalid token'],
} as const satisfies Record<number, readonly [status: number, text: string]>
export type HecCode = keyof typeof CODES

/** `eventNumber` is the place of the event in its request, from 0; the events before it were taken. */
type Particulars = { eventNumber?: number; detail?: string; status?: number; retryAfterSeconds?: number }

/** Why a request, or one event of it, is not taken, in Splunk's terms; `detail` are our own words beside them. */
export class HecRefusal extends Error {
  override readonly name = 'HecRefusal'

  constructor(
    readonly code: HecCode,
    readonly particulars: Particulars = {},
  ) {
    super(CODES[code][1])
  }
}

/** An answer as Splunk gives it; `detail` is a member that Splunk doesn't have and its clients pass over. */
export function hecAnswer(code: HecCode, particulars: Particulars = {}): Response {
  const { eventNumber, detail, status = CODES[code][0], retryAfterSeconds } = particulars
  const body = {
    text: CODES[code][1],
    code,
    ...(eventNumber !== undefined && { 'invalid-event-number': eventNumber }),
    ...(detail !== undefined && { detail }),
  }
  return createResponse(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
  })
}

/** Codes of the errors that are not about the data. */
const CODE_OF_ERROR = {
  unauthenticated: 4,
  forbidden: 1,
  unavailable: 9,
  rate_limited: 9,
  internal: 8,
} as const

/** Any error as Splunk would answer it: what can't be said by a code of its own is "Invalid data format". */
export function hecProblem(error: unknown): Response {
  if (error instanceof HecRefusal) return hecAnswer(error.code, error.particulars)
  const { code, message, retryAfterSeconds } = classifyError(error)
  const isKnown = code in CODE_OF_ERROR
  return hecAnswer(isKnown ? CODE_OF_ERROR[code as keyof typeof CODE_OF_ERROR] : 6, {
    detail: message,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(error instanceof AppError && error.code === 'too_large' && { status: 413 }),
  })
}
