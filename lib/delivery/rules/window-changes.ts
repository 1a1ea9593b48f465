import type { DigestRange, MayGoOn, RangeDigest } from '@/lib/delivery/digest/digest-range'
import type { StreamKey } from '@/lib/delivery/matching-events'
import type { OpenStream } from '@/lib/delivery/open-stream'
import type { Rule } from './rule'
import type { RuleWindow } from './rule-window'

/** One group's row of `rule_windows`, as it shall be. Hashes are hex, times milliseconds since 1970. */
export type ChangedWindow = RuleWindow & { groupHash: string; expiresAtMs: number }

/** One row of `rule_alarms`. */
export type FiredAlarm = {
  seq: number
  groupHash: string
  atMs: number
  firstSeq: number
  events: number
}

/** What a rule learned of a part of the trail: written in the commit that moves the cursor over it, and never else. */
export type WindowChanges = {
  rule: Rule
  windows: readonly ChangedWindow[]
  /** Groups of which nothing is to be remembered any more. */
  forgotten: readonly string[]
  alarms: readonly FiredAlarm[]
}

/** What a rule says of a range, and what it learned of it up to `to`. */
export type RangeAlarms = RangeDigest & { windows: WindowChanges }

/**
 * Evaluates the open channel's rule over a range that begins at the cursor, window by window; it may end before the
 * range does. The same range gives the same again until the windows are written. Undefined: it was stopped.
 */
export type ReadAlarms = (
  key: StreamKey,
  opened: OpenStream,
  range: DigestRange,
  mayGoOn: MayGoOn,
) => Promise<RangeAlarms | undefined>
