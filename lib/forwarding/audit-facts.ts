import type { HttpConfig } from '@/lib/delivery/destinations/http/config'
import type { TrailFilter } from '@/lib/trail/filter'

/** A configuration as the trail may show it: a URL's query often carries a key, so it stays out. */
export function auditFacts(
  { url, headerName, body }: HttpConfig,
  filter: TrailFilter,
  { note, hasApiKey }: { note: string; hasApiKey: boolean },
): Record<string, unknown> {
  const { origin, pathname } = new URL(url)
  return {
    url: origin + pathname,
    body,
    note,
    apiHeaderName: headerName ?? null,
    hasApiKey,
    types: filter.type?.include ?? [],
    levels: filter.level?.include ?? [],
  }
}
