import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events } from '@/db/schema/events'
import { writeEventProof } from '@/lib/integrity/evidence/event-proof'
import { storedSecrets } from '@/lib/integrity/evidence/stored-secrets'
import { readInclusions } from './read-ranges'

/**
 * The C2SP tlog-proof files of sealed events under a checkpoint of `size`, by seq. Those of which retention has left
 * nothing to prove are missing. Runs as the tenant.
 */
export async function writeProofs(
  tx: Transaction,
  tenantId: string,
  seqs: readonly number[],
  { size, note }: { size: number; note: string },
): Promise<Map<number, string>> {
  const rows = await tx
    .select({
      seq: events.seq,
      id: events.id,
      receivedAt: events.receivedAt,
      body: events.body,
      seed: events.seed,
      redaction: events.redaction,
    })
    .from(events)
    .where(and(eq(events.tenantId, tenantId), inArray(events.seq, [...seqs])))
  const paths = await readInclusions(
    tx,
    tenantId,
    rows.map(({ seq }) => seq),
    size,
  )
  const proofs = new Map<number, string>()
  for (const [i, { seq, receivedAt, ...row }] of rows.entries()) {
    const secrets = storedSecrets(row)
    if (!secrets) continue
    const event = { index: seq, id: row.id, receivedAt: receivedAt.toISOString(), body: row.body, secrets }
    proofs.set(seq, writeEventProof(event, paths[i] ?? [], note))
  }
  return proofs
}
