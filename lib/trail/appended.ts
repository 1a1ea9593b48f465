type Listener = () => void

// On globalThis: the front lane and Next's route handlers are loaded apart, and both append.
const store = globalThis as unknown as { spoorAppendListeners?: Map<string, Set<Listener>> }
store.spoorAppendListeners ??= new Map()
const listeners = store.spoorAppendListeners

/**
 * Calls `listener` soon after this process has appended to the tenant's trail. Only a hint to look sooner: other
 * processes append too. Returns the way to stop it.
 */
export function onAppended(tenantId: string, listener: Listener): () => void {
  const own = listeners.get(tenantId) ?? new Set()
  listeners.set(tenantId, own.add(listener))
  return () => {
    own.delete(listener)
    if (own.size === 0 && listeners.get(tenantId) === own) listeners.delete(tenantId)
  }
}

/** Called after rows have been committed; `t` is each one's tenant. */
export function noteAppended(rows: readonly { t: string }[]): void {
  if (listeners.size === 0) return
  for (const tenantId of new Set(rows.map(({ t }) => t)))
    for (const listener of listeners.get(tenantId) ?? []) listener()
}
