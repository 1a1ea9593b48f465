import { AppError } from '@/lib/errors/app-error'

/** Of the ten connections that a process has for requests: one tenant's slow searches leave the rest to all others. */
const MAX_AT_A_TIME = 4
/** More only wait for an answer that nobody is there to read any more. */
const MAX_WAITING = 100
const RETRY_AFTER_SECONDS = 2

type Turns = { running: number; waiting: (() => void)[] }

// On globalThis: the server's own modules and Next's bundles are loaded side by side in one process.
const store = globalThis as unknown as { spoorTurns?: Map<string, Turns> }
store.spoorTurns ??= new Map()
const all = store.spoorTurns

/**
 * Runs it when fewer than four others of the tenant run in this process, in the order of asking. Not within another
 * turn of the same tenant, which it might wait for. Throws `rate_limited` where a hundred wait already.
 */
export async function inTurn<T>(tenantId: string, run: () => Promise<T>): Promise<T> {
  const turns = all.get(tenantId) ?? { running: 0, waiting: [] }
  all.set(tenantId, turns)
  if (turns.running < MAX_AT_A_TIME) {
    turns.running++
  } else {
    if (turns.waiting.length >= MAX_WAITING) {
      const message = 'This workspace is searched by too many at once. Try again in a moment.'
      throw new AppError('rate_limited', message, { retryAfterSeconds: RETRY_AFTER_SECONDS })
    }
    // Whoever ends hands its place on, so `running` stays as it is.
    await new Promise<void>((resolve) => turns.waiting.push(resolve))
  }
  try {
    return await run()
  } finally {
    const next = turns.waiting.shift()
    if (next) next()
    else if (--turns.running === 0) all.delete(tenantId)
  }
}
