/** Severities in order; the position is what the database stores and compares. */
export const LEVELS = ['trace', 'debug', 'info', 'notice', 'warning', 'error', 'critical'] as const
export type Level = (typeof LEVELS)[number]

/** What each level means, shown wherever one chooses a level. */
export const LEVEL_MEANINGS: Record<Level, string> = {
  trace: 'Step-by-step detail, for following one request.',
  debug: 'Uninteresting unless you are looking for a fault.',
  info: 'Everyday operation.',
  notice: 'Worth knowing, and somebody did it on purpose.',
  warning: 'Out of the ordinary, though not necessarily wrong.',
  error: 'Something failed and needs a look.',
  critical: 'Something important is down or under attack.',
}
