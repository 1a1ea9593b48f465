import type { Permission } from './scope'

/** What the database says of a token that may be used. */
export type KnownToken = {
  id: string
  name: string
  permissions: readonly Permission[]
  expiresAtMs: number
  tenant: { id: string; slug: string; name: string; idKey: Uint8Array }
}

type Entry = { token: KnownToken | null; staleAtMs: number }
type Cache = { entries: Map<string, Entry>; loading: Map<string, Promise<KnownToken | null>>; purges: number }

/** For so long a revocation by another process may go unnoticed; in this process it counts at once. */
const TTL_MS = 1_000
/** Some 10 MB at the most; beyond it the oldest entries go. */
const MAX_ENTRIES = 10_000

// On globalThis: the front lane and Next's route handlers are loaded apart, and a revocation must reach both.
const store = globalThis as unknown as { spoorTokenCache?: Cache }
store.spoorTokenCache ??= { entries: new Map(), loading: new Map(), purges: 0 }
const cache = store.spoorTokenCache

/** What is known of a token by its hash: null for a token that may not be used, undefined when one must ask. */
export function recallToken(hash: string): KnownToken | null | undefined {
  const entry = cache.entries.get(hash)
  return entry && entry.staleAtMs > performance.now() ? entry.token : undefined
}

/** Asks once however many requests wait, and remembers the answer unless a revocation came in between. */
export function loadToken(hash: string, load: () => Promise<KnownToken | null>): Promise<KnownToken | null> {
  const running = cache.loading.get(hash)
  if (running) return running
  const { purges } = cache
  const loading = load()
    .then((token) => {
      if (cache.purges === purges) remember(hash, token)
      return token
    })
    .finally(() => {
      if (cache.loading.get(hash) === loading) cache.loading.delete(hash)
    })
  cache.loading.set(hash, loading)
  return loading
}

/** Call after every change of a token has committed. */
export function purgeTokens(): void {
  cache.purges++
  cache.entries.clear()
  cache.loading.clear()
}

function remember(hash: string, token: KnownToken | null): void {
  cache.entries.delete(hash)
  if (cache.entries.size >= MAX_ENTRIES) {
    for (const oldest of cache.entries.keys()) {
      cache.entries.delete(oldest)
      break
    }
  }
  cache.entries.set(hash, { token, staleAtMs: performance.now() + TTL_MS })
}
