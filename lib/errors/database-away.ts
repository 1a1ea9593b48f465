/**
 * SQLSTATE classes 08 (connection), 53 (out of resources) and 57 (shutdown, statement cancelled for its time),
 * postgres.js's own words for a connection, and the network's.
 */
const AWAY = /^(08|53|57|CONNECT|ECONN|EHOST|ENET|ENOTFOUND|EPIPE|ETIMEDOUT|EAI_)/
/** drizzle wraps the driver's error once. */
const MAX_CAUSES = 4

const QUERY_CANCELED = '57014'

function hasCode(error: unknown, isMeant: (code: string) => boolean): boolean {
  let cause = error
  for (let depth = 0; depth < MAX_CAUSES && cause instanceof Error; depth++) {
    if ('code' in cause && isMeant(String(cause.code))) return true
    cause = cause.cause
  }
  return false
}

/** Whether an error says that the database can't answer now, and not that something is wrong with the question. */
export const isDatabaseAway = (error: unknown): boolean => hasCode(error, (code) => AWAY.test(code))

/** The same for who works on many tenants: a statement that took too long for one of them must not end the run. */
export const isAwayForAll = (error: unknown): boolean =>
  isDatabaseAway(error) && !hasCode(error, (code) => code === QUERY_CANCELED)
