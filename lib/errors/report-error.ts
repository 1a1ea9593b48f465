import { randomBytes } from 'node:crypto'

/** What of an error goes into the log: never `params`, which drizzle's errors carry, nor their message, which repeats them. */
function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error)
  const isQueryError = 'query' in error && 'params' in error
  return {
    name: error.name,
    ...(!isQueryError && { message: error.message, stack: error.stack }),
    ...('code' in error && { code: error.code }),
    ...(isQueryError && { query: error.query }),
    ...(error.cause !== undefined && { cause: describe(error.cause) }),
  }
}

/** A short id by which a person can name an error to the operator. */
export function newReference(): string {
  return randomBytes(6).toString('hex')
}

/** Logs a bug or outage as one JSON line on standard error. `reference` is what the person was shown. */
export function reportError(error: unknown, reference: string): void {
  const line = { time: new Date().toISOString(), level: 'error', reference, error: describe(error) }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}
