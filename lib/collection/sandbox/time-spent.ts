/**
 * Milliseconds since it was started that may be put down to this thread: of the clock's and the processor's the
 * smaller, so that neither a machine that stood still nor other threads that work are taken for a slow expression.
 */
export function startSpan(): () => number {
  const start = performance.now()
  const used = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(used)
    return Math.min(performance.now() - start, (user + system) / 1000)
  }
}
