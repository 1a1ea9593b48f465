import { AppError, type AppErrorCode } from '@/lib/errors/app-error'
import { isDatabaseAway } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'

export type Classified = { code: AppErrorCode | 'internal'; message: string; retryAfterSeconds?: number }

/** A restart of the database takes about as long. */
const RETRY_AFTER_SECONDS = 2

/** Any error in words that a sender may read. What is not the sender's doing is logged under the reference in it. */
export function classifyError(error: unknown): Classified {
  if (error instanceof AppError) {
    const { cause, retryAfterSeconds } = error.details
    if (cause !== undefined) reportError(cause, newReference())
    return {
      code: error.code,
      message: error.message,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    }
  }
  const reference = newReference()
  reportError(error, reference)
  if (isDatabaseAway(error)) {
    const message = `The database is not answering (reference ${reference}). Send this again in a moment.`
    return { code: 'unavailable', message, retryAfterSeconds: RETRY_AFTER_SECONDS }
  }
  return { code: 'internal', message: `Something went wrong on our side; it was logged as ${reference}.` }
}
