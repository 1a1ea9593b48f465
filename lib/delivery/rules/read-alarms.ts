import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { events } from '@/db/schema/events'
import { DIGEST_WINDOW, type DigestRange } from '@/lib/delivery/digest/digest-range'
import { matchingEvents, type StreamKey } from '@/lib/delivery/matching-events'
import { toAlarmDigest } from './alarm-digest'
import { RangeEvaluation } from './range-evaluation'
import { readGroupEvents } from './read-group-events'
import { readWindows } from './read-windows'
import type { ReadAlarms } from './window-changes'

/** Without an alarm so much of the trail goes into one commit. */
const QUIET_POSITIONS = 10 * DIGEST_WINDOW
/** Remembered places that the groups of one window may have together: some 30 MB. */
const MAX_LOADED = 1_000_000
/** Fewer positions in a window would make the statements the dear part. */
const LEAST_WINDOW = 1_000

/** Evaluates a channel's rule over a range; see the type. */
export const readAlarms: ReadAlarms = async (key, opened, range, mayGoOn) => {
  const { rule } = opened.destination
  const { maskingKey } = opened.secrets
  if (!rule || !maskingKey) throw new Error('A channel with a rule has the rule and a masking key.')
  const evaluation = new RangeEvaluation(rule, maskingKey)
  const step = Math.max(LEAST_WINDOW, Math.min(DIGEST_WINDOW, Math.floor(MAX_LOADED / rule.count)))
  let to = range.from
  while (to < range.before) {
    const from = to
    to = Math.min(range.before, from + step)
    const found = await readGroupEvents(
      database('deliver'),
      conditionsOf(key, { ...range, from, before: to }),
      rule.per,
    )
    const hashed = evaluation.hash(found)
    evaluation.know(await readWindows(key, evaluation.unknownOf(hashed)))
    evaluation.add(hashed)
    const isLong = evaluation.alarms.length === 0 && to - range.from >= QUIET_POSITIONS
    if (isLong || evaluation.isFull) break
    if (to < range.before && !(await mayGoOn())) return undefined
  }
  const { alarms } = evaluation
  const digest = alarms.length > 0 ? await toAlarmDigest(key, opened, rule, alarms, range.matches) : undefined
  return { digest, to, windows: evaluation.toChanges() }
}

const conditionsOf = (key: StreamKey, { filter, from, before }: DigestRange) => [
  ...matchingEvents(key, filter),
  sql`${events.seq} >= ${from}::bigint and ${events.seq} < ${before}::bigint`,
]
