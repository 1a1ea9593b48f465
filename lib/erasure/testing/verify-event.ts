import type { TenantScope } from '@/lib/access/scope'
import { evidenceBundle } from '@/lib/integrity/bundle/evidence-bundle'
import { proveEvent } from '@/lib/integrity/log/prove-event'
import { policyOf } from '@/lib/integrity/testing/seal-now'
import { verifierOf, verifyText } from '@/lib/integrity/testing/verify-lines'
import type { BundleReport } from '@/lib/integrity/verify/bundle'
import { verifyEventProof } from '@/lib/integrity/verify/event-proof'
import { Skips } from '@/lib/integrity/verify/skips'

/** The event as its proof shows it; throws where that does not hold. The notice that explains an erasure is elsewhere. */
export async function verifyEvent(scope: TenantScope, id: string): Promise<Record<string, unknown>> {
  const skips = new Skips(new Set(['redactions']))
  const proof = await verifyEventProof(await proveEvent(scope, id), verifierOf(await policyOf(scope)), skips)
  return proof.event.event
}

/** The file of a complete range, and what its verification says; throws where that does not hold. */
export async function verifyTrail(
  scope: TenantScope,
  { from, to }: { from?: number; to?: number } = {},
): Promise<{ text: string; report: BundleReport }> {
  const { pieces } = await evidenceBundle(scope, { selection: { kind: 'range', from, to }, since: [] })
  let text = ''
  for await (const piece of pieces) text += piece.text
  return { text, report: await verifyText(text, { policy: await policyOf(scope) }) }
}
