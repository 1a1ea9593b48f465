import type { EventInput } from '@/lib/event/event-input'

/** Mulberry32: small, fast, and the same events in every run. */
export function randomSource(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const ACTIONS = ['signed in', 'signed out', 'created', 'updated', 'deleted', 'invited', 'executed', 'paused']
const TYPES = ['account', 'admin', 'relay', 'sentinel', 'autotask']
const LEVELS = ['debug', 'info', 'info', 'info', 'notice', 'warning', 'error'] as const
const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36',
  'aws-cli/2.15.0 Python/3.11.6 Linux/5.10 exe/x86_64',
  'Terraform/1.9.8 (+https://www.terraform.io)',
]

/** Where an event stands in its run: its number, the run's name and when it happened. */
type Place = { i: number; run: string; at: number }

/**
 * An event as an application sends it: some 600 bytes with 20 values, actors and targets of Zipf-like frequency.
 * Every second one has an identity at its origin (`run` keeps those of two runs apart).
 */
export function sampleEvent(random: () => number, { i, run, at }: Place): EventInput {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const zipf = (n: number) => Math.floor(n ** random())
  const actor = zipf(5000)
  const target = zipf(50_000)
  const action = pick(ACTIONS)
  return {
    type: pick(TYPES),
    action,
    level: pick(LEVELS),
    status: random() < 0.95 ? 'success' : 'fail',
    code: `${action.toUpperCase().replace(' ', '_')}_BY_USER`,
    category: 'session',
    message: `user${actor} ${action} object-${target}`,
    occurredAt: new Date(at).toISOString(),
    actor: {
      login: `user${actor}@example.com`,
      id: `usr_${actor}`,
      sessionId: `0x${(actor * 7919).toString(16)}`,
      ip: `10.${actor % 256}.${target % 256}.${i % 256}`,
      userAgent: pick(AGENTS),
    },
    targets: [{ type: 'object', name: `object-${target}`, parent: 'ACME', id: `obj_${target}` }],
    source: 'app.example.com',
    dataSource: 'bench',
    ...(i % 2 === 0 && { externalRef: `${run}-${i}` }),
    data: {
      request: { id: `req-${i}`, path: `/api/objects/${target}` },
      durationMs: Math.floor(random() * 500),
    },
  }
}

/** So many events, 37 ms apart. */
export function sampleEvents(count: number, run: string): EventInput[] {
  const random = randomSource(count)
  return Array.from({ length: count }, (_, i) =>
    sampleEvent(random, { i, run, at: 1_790_000_000_000 + i * 37 }),
  )
}
