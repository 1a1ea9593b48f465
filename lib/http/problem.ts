import { AppError, type AppErrorCode } from '@/lib/errors/app-error'
import { isDatabaseAway } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { createResponse } from './create-response'

const STATUSES: Record<AppErrorCode, [status: number, title: string]> = {
  unauthenticated: [401, 'Not signed in'],
  forbidden: [403, 'Not permitted'],
  not_found: [404, 'Not found'],
  invalid: [400, 'Invalid request'],
  conflict: [409, 'Conflict'],
  too_large: [413, 'Too large'],
  rate_limited: [429, 'Too many requests'],
  unavailable: [503, 'Temporarily unavailable'],
}

/** A restart of the database takes about as long. */
const RETRY_AFTER_SECONDS = 2

/** An error answer as RFC 9457 `application/problem+json`, with a reference id. `more` are extension members. */
export function problemResponse(
  status: number,
  title: string,
  detail: string,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Response {
  const body = { type: 'about:blank', title, status, detail, reference: newReference(), ...more }
  return createResponse(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  })
}

/** Any error as an answer: expected ones in their own words, all others logged and named by a reference only. */
export function problem(error: unknown): Response {
  if (error instanceof AppError) return expectedProblem(error)
  if (isDatabaseAway(error)) {
    const message = 'The database is not answering, or not in time. Try again in a moment.'
    const details = { retryAfterSeconds: RETRY_AFTER_SECONDS, cause: error }
    return expectedProblem(new AppError('unavailable', message, details))
  }
  const reference = newReference()
  reportError(error, reference)
  const detail = 'Something went wrong on our side. It was logged under this reference.'
  return problemResponse(500, 'Internal error', detail, { reference })
}

function expectedProblem(error: AppError): Response {
  const [status, title] = STATUSES[error.code]
  const { violations, retryAfterSeconds, cause } = error.details
  const reference = newReference()
  if (cause !== undefined) reportError(cause, reference)
  return problemResponse(
    status,
    title,
    error.message,
    { reference, ...(violations && { errors: violations }) },
    {
      ...(status === 401 && { 'www-authenticate': 'Bearer realm="spoor"' }),
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
  )
}
