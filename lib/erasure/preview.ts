import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { findEvents } from './find-events'
import type { PreviewErasure } from './input'
import { splitSlots } from './redact-row'

/** Pointers of values, over all chosen events; `events` of them have something to erase. */
export type ErasurePreview = { events: number; erased: string[]; kept: string[] }

/** What an erasure would take and leave. What is left stays provable. Throws `not_found`. */
export async function previewErasure(scope: TenantScope, input: PreviewErasure): Promise<ErasurePreview> {
  requirePermission(scope, 'events:read')
  const rows = await inTenant(scope, (tx) => findEvents(tx, scope.tenantId, input))
  const split = rows.map((row) => splitSlots(row, input.pointers))
  const all = (lists: string[][]) => [...new Set(lists.flat())].sort()
  return {
    events: split.filter(({ erased }) => erased.length > 0).length,
    erased: all(split.map(({ erased }) => erased)),
    kept: all(split.map(({ kept }) => kept)),
  }
}
