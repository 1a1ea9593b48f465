/** Every error that a caller can cause. Each transport maps these eight codes once. */
export type AppErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'invalid'
  | 'conflict'
  | 'too_large'
  | 'rate_limited'
  | 'unavailable'

/** One thing that is wrong with an input: `pointer` is an RFC 6901 JSON pointer into it. */
export type Violation = { pointer: string; code: string; detail: string }

/** An expected error: its message is for the person who caused it and says what, where, and what to do. */
export class AppError extends Error {
  override readonly name = 'AppError'

  constructor(
    readonly code: AppErrorCode,
    message: string,
    readonly details: { violations?: Violation[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause })
  }
}
