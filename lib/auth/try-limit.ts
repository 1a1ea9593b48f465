import { isIPv6 } from 'node:net'
import { AppError } from '@/lib/errors/app-error'

type Window = { tries: number; endsAtMs: number; refused: number }

/** At most `max` tries in a window, which begins with the first of them. */
type Limit = { key: string; max: number; windowMs: number }

/** Some 20 MB at the most; beyond it the oldest windows go. */
const MAX_WINDOWS = 100_000

// On globalThis, because Next may load this module more than once in a process.
const store = globalThis as unknown as { spoorTryWindows?: Map<string, Window> }
store.spoorTryWindows ??= new Map()
const windows = store.spoorTryWindows

/** `report`: how many refusals to record now; 0 while they are only counted. */
export type Refusal = { allowed: false; retryAfterSeconds: number; report: number }

/**
 * Takes one try from every limit at once, or from none when one of them is used up, so that tries at the same
 * time can't pass together. Of refusals the 1st, 2nd, 4th, 8th … are reported, each with the number since the
 * last report.
 */
export function takeTry(limits: Limit[], nowMs: number): { allowed: true; giveBack(): void } | Refusal {
  const ours = limits.map((limit) => ({ window: openWindow(limit, nowMs), max: limit.max }))
  const full = ours.find(({ window, max }) => window.tries >= max)?.window
  if (full) {
    full.refused++
    const isReported = (full.refused & (full.refused - 1)) === 0
    return {
      allowed: false,
      retryAfterSeconds: Math.ceil((full.endsAtMs - nowMs) / 1000),
      report: isReported ? Math.max(1, full.refused / 2) : 0,
    }
  }
  for (const { window } of ours) window.tries++
  return {
    allowed: true,
    giveBack: () => {
      for (const { window } of ours) window.tries--
    },
  }
}

/** Forgets the tries that were counted under a key. */
export function forgetTries(key: string): void {
  windows.delete(key)
}

/** The error for a refusal; `tries` says of what there were too many. */
export function tooManyTries(tries: string, retryAfterSeconds: number): AppError {
  const minutes = Math.ceil(retryAfterSeconds / 60)
  const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`
  return new AppError('rate_limited', `Too many ${tries}. Try again in ${wait}.`, { retryAfterSeconds })
}

function openWindow({ key, windowMs }: Limit, nowMs: number): Window {
  const known = windows.get(key)
  if (known && known.endsAtMs > nowMs) return known
  windows.delete(key)
  if (windows.size >= MAX_WINDOWS) forgetOldest()
  const opened = { tries: 0, endsAtMs: nowMs + windowMs, refused: 0 }
  windows.set(key, opened)
  return opened
}

function forgetOldest(): void {
  for (const oldest of windows.keys()) {
    windows.delete(oldest)
    return
  }
}

/** What counts as one address: of IPv6 a /64, because one person's line has all of its 2^64 addresses. */
export function networkOf(address: string | undefined): string {
  if (!address) return 'unknown'
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const before = head ? head.split(':') : []
  const after = tail ? tail.split(':') : []
  const zeros = tail === undefined ? [] : Array(Math.max(0, 8 - before.length - after.length)).fill('0')
  return [...before, ...zeros, ...after].slice(0, 4).join(':')
}
