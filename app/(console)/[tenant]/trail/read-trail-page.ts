import type { TrailResultData } from '@/components/trail/trail-result'
import { toTrailRow } from '@/components/trail/trail-row'
import { filterParams, isUnfiltered, pageSize } from '@/components/trail/trail-view'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { parseFilter } from '@/lib/trail/filter-url'
import { listEvents } from '@/lib/trail/list'

/** The page that the address asks for, or what is wrong with the address. */
export async function readTrailPage(scope: TenantScope, params: URLSearchParams): Promise<TrailResultData> {
  const limit = pageSize(params)
  try {
    const filter = parseFilter(filterParams(params))
    const page = await listEvents(scope, filter, { limit, cursor: params.get('cursor') ?? undefined })
    // Signing up leaves events of our own: the trail is new while a single page holds nothing else.
    const isNew = isUnfiltered(params) && !page.next && page.events.every(({ origin }) => isOwn(origin))
    return {
      ok: true,
      rows: page.events.map(toTrailRow),
      size: limit,
      newer: page.prev,
      older: page.next,
      isNew,
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid')
      return { ok: false, complaints: complaintsOf(error) }
    throw error
  }
}

function isOwn(origin: string): boolean {
  return origin === 'console' || origin === 'system'
}

function complaintsOf({ message, details: { violations = [] } }: AppError): string[] {
  if (violations.length === 0) return [message]
  return violations.map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`)
}
