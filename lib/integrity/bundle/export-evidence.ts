import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { streamExport } from '@/lib/trail/export/export-run'
import { endExport, registerExport } from '@/lib/trail/export/running-exports'
import { evidenceBundle } from './evidence-bundle'
import { type EvidenceFacts, recordEvidence, recordEvidenceStart } from './record-evidence'
import type { EvidenceRequest } from './request'

/** A bundle on its way, and what to call the file. */
export type EvidenceFile = { name: string; body: ReadableStream<Uint8Array> }

function nameOf(slug: string, { selection, looked, size }: EvidenceFacts): string {
  const what = selection.kind === 'range' ? `${looked.from}-${looked.to}` : `chosen-of-${size}`
  return `${slug}-evidence-${what}.jsonl`
}

/**
 * An evidence bundle as a stream that errors if it can't be completed; its start and its end become events of the
 * trail. `recheck` throws once whoever asked may not read any more, and then it breaks off; `id` is its name for
 * `findExport`. Throws what `evidenceBundle` throws, and `rate_limited` where too many exports run.
 */
export async function exportEvidence(
  scope: TenantScope,
  request: EvidenceRequest,
  recheck: () => Promise<void> = async () => {},
  id?: string,
): Promise<EvidenceFile> {
  requirePermission(scope, 'events:read')
  const run = registerExport(scope, 0, id)
  try {
    const { pieces, size, looked } = await evidenceBundle(scope, request)
    run.progress.total = looked.to - looked.from
    const facts: EvidenceFacts = { selection: request.selection, size, looked, events: 0 }
    await recordEvidenceStart(scope, facts)
    const body = streamExport({
      run,
      pieces,
      record: (outcome, events) => recordEvidence(scope, { ...facts, events }, outcome),
      recheck,
    })
    return { name: nameOf(scope.tenantSlug, facts), body }
  } catch (error) {
    endExport(run, 'broken')
    throw error
  }
}
