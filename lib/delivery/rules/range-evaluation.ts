import { evaluate, type RuleAlarm, type RuleEvent } from './evaluate'
import { hashGroup } from './group-value'
import type { GroupEvent } from './read-group-events'
import type { Rule } from './rule'
import { expiryOf, type RuleWindow } from './rule-window'
import type { ChangedWindow, WindowChanges } from './window-changes'

/** Of one commit: groups, places that they remember, alarms. A message or a step forward ends when one is reached. */
const MAX_GROUPS = 50_000
const MAX_PLACES = 1_000_000
const MAX_ALARMS = 5_000
/** What is numbered later may have been received a little earlier. */
const CROSSED_MS = 60_000

/** A rule over a range of the trail, window by window. Nothing of it is written before the cursor moves. */
export class RangeEvaluation {
  readonly alarms: RuleAlarm[] = []
  readonly #rule: Rule
  readonly #maskingKey: string
  readonly #groups = new Map<string, RuleWindow>()
  /** Those that have a row. */
  readonly #stored = new Set<string>()
  #latestMs = Number.NEGATIVE_INFINITY

  constructor(rule: Rule, maskingKey: string) {
    this.#rule = rule
    this.#maskingKey = maskingKey
  }

  hash(found: readonly GroupEvent[]): RuleEvent[] {
    const hashes = new Map<string, string>()
    return found.map(({ seq, receivedAtMs, value }) => {
      const groupHash = hashes.get(value) ?? hashGroup(this.#maskingKey, this.#rule.per, value)
      hashes.set(value, groupHash)
      return { seq, receivedAtMs, groupHash }
    })
  }

  /** Groups of which it must be asked what is remembered. */
  unknownOf(events: readonly RuleEvent[]): string[] {
    return [...new Set(events.map(({ groupHash }) => groupHash))].filter((hash) => !this.#groups.has(hash))
  }

  know(windows: ReadonlyMap<string, RuleWindow>): void {
    for (const [hash, window] of windows) {
      this.#groups.set(hash, window)
      this.#stored.add(hash)
    }
  }

  add(events: readonly RuleEvent[]): void {
    const { alarms, windows } = evaluate(this.#rule, this.#groups, events)
    for (const alarm of alarms) this.alarms.push(alarm)
    for (const [hash, window] of windows) this.#groups.set(hash, window)
    for (const { receivedAtMs } of events) this.#latestMs = Math.max(this.#latestMs, receivedAtMs)
  }

  get isFull(): boolean {
    if (this.#groups.size >= MAX_GROUPS || this.alarms.length >= MAX_ALARMS) return true
    let places = this.alarms.length * this.#rule.count
    for (const { seqs } of this.#groups.values()) places += seqs.length
    return places >= MAX_PLACES
  }

  toChanges(): WindowChanges {
    const windows: ChangedWindow[] = []
    const forgotten: string[] = []
    for (const [groupHash, window] of this.#groups) {
      const expiresAtMs = expiryOf(window, this.#rule)
      if (expiresAtMs + CROSSED_MS > this.#latestMs) windows.push({ ...window, groupHash, expiresAtMs })
      else if (this.#stored.has(groupHash)) forgotten.push(groupHash)
    }
    return { rule: this.#rule, windows, forgotten, alarms: this.alarms }
  }
}
