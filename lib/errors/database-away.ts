/**
 * SQLSTATE classes 08 (connection), 53 (out of resources) and 57 (shutdown, statement cancelled for its time),
 * postgres.js's own words for a connection, and the network's.
 */
const AWAY = /^(08|53|57|CONNECT|ECONN|EHOST|ENET|ENOTFOUND|EPIPE|ETIMEDOUT|EAI_)/
/** drizzle wraps the driver's error once. */
const MAX_CAUSES = 4

/** Whether an error says that the database can't answer now, and not that something is wrong with the question. */
export function isDatabaseAway(error: unknown): boolean {
  let cause = error
  for (let depth = 0; depth < MAX_CAUSES && cause instanceof Error; depth++) {
    if ('code' in cause && AWAY.test(String(cause.code))) return true
    cause = cause.cause
  }
  return false
}
