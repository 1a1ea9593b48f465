type Listener = () => void

// On globalThis: the engine and Next's route handlers are loaded apart in one process.
const store = globalThis as unknown as { spoorRungListeners?: Set<Listener> }
store.spoorRungListeners ??= new Set()
const listeners = store.spoorRungListeners

/**
 * Calls `listener` soon after this process has rung some tenant's bells. Only a hint to look sooner: other processes
 * ring too. Returns the way to stop it.
 */
export function onRung(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Called after a notification has been committed. */
export function noteRung(): void {
  for (const listener of listeners) listener()
}
