import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import type { TrailFilter } from '@/lib/trail/filter'
import { describeFilter } from '@/lib/trail/filter-text'
import type { ExportRequest } from './input'
import type { ExportOutcome } from './running-exports'

/** What is told of an export. `events` counts those that left the server. */
export type ExportFacts = {
  request: ExportRequest
  filter: TrailFilter
  firstSeq: number
  throughSeq: number
  events: number
}

const toData = ({ request, filter, firstSeq, throughSeq }: ExportFacts) => ({
  format: request.format,
  fields: request.fields,
  ...(request.matched === 'true' && { matched: true }),
  order: request.order,
  filter: describeFilter(filter),
  firstSeq,
  throughSeq,
})

/** Before the first byte: what left the trail is known even if this server dies while it leaves. */
export async function recordExportStart(scope: TenantScope, facts: ExportFacts): Promise<void> {
  await inTenant(scope, (tx) =>
    recordEvent(tx, scope, 'TRAIL_EXPORT_STARTED', {
      message: `${scope.principal.login} began an export as ${facts.request.format}`,
      data: { export: toData(facts) },
    }),
  )
}

const WORDS: Record<ExportOutcome, string> = {
  finished: 'exported',
  cancelled: 'cancelled an export after',
  broken: 'had an export break after',
}

export async function recordExport(
  scope: TenantScope,
  facts: ExportFacts,
  outcome: ExportOutcome,
): Promise<void> {
  const { events } = facts
  const amount = `${events.toLocaleString('en')} ${events === 1 ? 'event' : 'events'}`
  await inTenant(scope, (tx) =>
    recordEvent(tx, scope, 'TRAIL_EXPORTED', {
      message: `${scope.principal.login} ${WORDS[outcome]} ${amount} as ${facts.request.format}`,
      status: outcome === 'broken' ? 'fail' : 'success',
      data: { export: { ...toData(facts), events, outcome } },
    }),
  )
}
