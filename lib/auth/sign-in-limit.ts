import { isIPv6 } from 'node:net'

type Window = { failures: number; endsAtMs: number; refused: number }

/** Somebody who knows their password seldom needs more tries; nobody guesses one with so few. */
const MAX_FAILURES_PER_ACCOUNT = 5
/** An office behind one address has many people, and all of them mistype. */
const MAX_FAILURES_PER_ADDRESS = 50
/** Short: it stops guessing (1,440 tries a day) without keeping anybody out for long. */
const WINDOW_MS = 5 * 60_000
/** Some 20 MB at the most; beyond it the oldest windows go. */
const MAX_WINDOWS = 100_000

// On globalThis, because Next may load this module more than once in a process.
const store = globalThis as unknown as { spoorSignInWindows?: Map<string, Window> }
store.spoorSignInWindows ??= new Map()
const windows = store.spoorSignInWindows

/** What became of asking for a try. `report`: how many refusals to record now; 0 while they are only counted. */
export type Try =
  | { allowed: true; succeed(): void }
  | { allowed: false; retryAfterSeconds: number; report: number }

/**
 * Asks for one try at an account from an address, and counts it as failed until `succeed` is called, so that
 * tries at the same time can't pass together. Counted by account *and* address: strangers elsewhere can't lock
 * a person out. Of refusals the 1st, 2nd, 4th, 8th … are reported, each with the number since the last report.
 */
export function startTry(account: string, address: string | undefined, nowMs = Date.now()): Try {
  const network = networkOf(address)
  const ours = [
    { window: openWindow(`${account} ${network}`, nowMs), max: MAX_FAILURES_PER_ACCOUNT },
    { window: openWindow(network, nowMs), max: MAX_FAILURES_PER_ADDRESS },
  ]
  const full = ours.find(({ window, max }) => window.failures >= max)?.window
  if (full) {
    full.refused++
    const isReported = (full.refused & (full.refused - 1)) === 0
    return {
      allowed: false,
      retryAfterSeconds: Math.ceil((full.endsAtMs - nowMs) / 1000),
      report: isReported ? Math.max(1, full.refused / 2) : 0,
    }
  }
  for (const { window } of ours) window.failures++
  return {
    allowed: true,
    succeed: () => {
      for (const { window } of ours) window.failures--
      windows.delete(`${account} ${network}`)
    },
  }
}

function openWindow(key: string, nowMs: number): Window {
  const known = windows.get(key)
  if (known && known.endsAtMs > nowMs) return known
  windows.delete(key)
  if (windows.size >= MAX_WINDOWS) forgetOldest()
  const opened = { failures: 0, endsAtMs: nowMs + WINDOW_MS, refused: 0 }
  windows.set(key, opened)
  return opened
}

function forgetOldest(): void {
  for (const oldest of windows.keys()) {
    windows.delete(oldest)
    return
  }
}

/** One person's IPv6 line is a /64 of 2^64 addresses: those count as one. */
function networkOf(address: string | undefined): string {
  if (!address) return 'unknown'
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const before = head ? head.split(':') : []
  const after = tail ? tail.split(':') : []
  const zeros = tail === undefined ? [] : Array(Math.max(0, 8 - before.length - after.length)).fill('0')
  return [...before, ...zeros, ...after].slice(0, 4).join(':')
}
