import { createContext, Script } from 'node:vm'

// Expressions never run in this context: it is the one way to stop code of this thread, WebAssembly's too, from outside.
const context: { run: () => unknown } = { run: () => undefined }
createContext(context)
const script = new Script('run()')

/** What `callWithin` throws where the time was over. */
export class TimeOverError extends Error {
  override readonly name = 'TimeOverError'
}

/**
 * Calls within a time, or stops it wherever it is: what it worked on is in no state to be used again. The engine's own
 * interrupts are not enough: it asks after ten thousand calls or loops, each of which may take milliseconds. Costs 80 µs.
 */
export function callWithin<T>(timeoutMs: number, run: () => T): T {
  const before = context.run
  context.run = run
  try {
    return script.runInContext(context as never, { timeout: timeoutMs }) as T
  } catch (error) {
    // It is made in the context, and so no `Error` of this one.
    if ((error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new TimeOverError(`stopped after ${timeoutMs} ms`, { cause: error })
    throw error
  } finally {
    context.run = before
  }
}
