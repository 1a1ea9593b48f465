import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import type { ExportOutcome } from '@/lib/trail/export/running-exports'
import { describeFilter } from '@/lib/trail/filter-text'
import type { EvidenceBundle } from './evidence-bundle'
import type { EvidenceSelection } from './request'

/** What is told of an evidence bundle. `events` counts those that left the server. */
export type EvidenceFacts = Pick<EvidenceBundle, 'size' | 'looked'> & {
  selection: EvidenceSelection
  events: number
}

function selectionData({ selection, looked }: EvidenceFacts) {
  if (selection.kind === 'ids') return { ids: selection.ids }
  return selection.kind === 'range' ? { ...looked } : { filter: describeFilter(selection.filter) }
}

const toData = (facts: EvidenceFacts) => ({ ...selectionData(facts), checkpointSize: facts.size })

/** Before the first byte: what left the trail is known even if this server dies while it leaves. */
export async function recordEvidenceStart(scope: TenantScope, facts: EvidenceFacts): Promise<void> {
  await inTenant(scope, (tx) =>
    recordEvent(tx, scope, 'EVIDENCE_EXPORT_STARTED', {
      message: `${scope.principal.login} began to take an evidence bundle`,
      data: { evidence: toData(facts) },
    }),
  )
}

const WORDS: Record<ExportOutcome, string> = {
  finished: 'took an evidence bundle of',
  cancelled: 'cancelled an evidence bundle after',
  broken: 'had an evidence bundle break after',
}

export async function recordEvidence(
  scope: TenantScope,
  facts: EvidenceFacts,
  outcome: ExportOutcome,
): Promise<void> {
  const { events } = facts
  const amount = `${events.toLocaleString('en')} ${events === 1 ? 'event' : 'events'}`
  await inTenant(scope, (tx) =>
    recordEvent(tx, scope, 'EVIDENCE_EXPORTED', {
      message: `${scope.principal.login} ${WORDS[outcome]} ${amount}`,
      status: outcome === 'broken' ? 'fail' : 'success',
      data: { evidence: { ...toData(facts), events, outcome } },
    }),
  )
}
