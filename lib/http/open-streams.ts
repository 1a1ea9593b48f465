type Registry = { open: Set<AbortController> }

// On globalThis: the server's own modules and Next's bundles are loaded side by side in one process.
const store = globalThis as unknown as { spoorStreams?: Registry }
store.spoorStreams ??= { open: new Set() }
const registry = store.spoorStreams

/**
 * Registers a response that stays open, such as an event stream. It ends itself when `signal` aborts and
 * calls `close` when the client left, so that a stopping server neither waits for it nor forgets it.
 */
export function openStream(): { signal: AbortSignal; close(): void } {
  const controller = new AbortController()
  registry.open.add(controller)
  return { signal: controller.signal, close: () => void registry.open.delete(controller) }
}

/** Ends every open stream; clients reconnect to wherever the service runs next. */
export function endStreams(): void {
  for (const controller of registry.open) controller.abort()
  registry.open.clear()
}
