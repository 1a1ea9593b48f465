import type { HttpConfig } from '@/lib/delivery/destinations/http/config'
import type { TrailFilter } from '@/lib/trail/filter'
import { hashUrlRest, shortenUrl } from './shorten-url'

/** A configuration as the trail may show it: a URL's path and query often carry a key, so only a hash tells of them. */
export function auditFacts(
  { url, headerName, body }: HttpConfig,
  filter: TrailFilter,
  { note, hasApiKey }: { note: string; hasApiKey: boolean },
): Record<string, unknown> {
  return {
    url: shortenUrl(url),
    urlRestHash: hashUrlRest(url),
    body,
    note,
    apiHeaderName: headerName ?? null,
    hasApiKey,
    types: filter.type?.include ?? [],
    levels: filter.level?.include ?? [],
  }
}
