import { randomUUID } from 'node:crypto'
import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { destinations } from '@/db/schema/delivery'
import { openSecrets } from '@/lib/delivery/destination-secrets'
import { readOutgoing } from '@/lib/delivery/encodings/outgoing-event'
import { maskEvent } from '@/lib/delivery/masking/mask-event'
import { type MaskingRule, maskingRulesSchema } from '@/lib/delivery/masking/masking-rule'
import { readChosen } from '@/lib/delivery/read-events'
import { AppError } from '@/lib/errors/app-error'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { RungRow } from './bell-note'

type Masking = { rules: MaskingRule[]; key: string }
type Listing = Pick<RungRow, 'listed' | 'destinationId'>

/**
 * What the trail has of the events that notifications list, by seq, as the channel of each masks them now: a screen is
 * seen by more people than its reader. What is gone from the trail is missing.
 */
export async function readMaskedEvents(
  tx: Transaction,
  tenantId: string,
  rows: readonly Listing[],
): Promise<(row: Listing) => Map<number, StoredEvent>> {
  const seqs = [...new Set(rows.flatMap(({ listed }) => listed))]
  if (seqs.length === 0) return () => new Map()
  const key = { tenantId, destinationId: '' }
  const found = await readChosen(tx, key, seqs, Number.MAX_SAFE_INTEGER)
  const events = new Map(found.map((event) => [event.seq, event]))
  const maskings = await readMaskings(tx, tenantId, rows)
  return ({ listed, destinationId }) => {
    const { rules, key } = maskings.get(destinationId) ?? { rules: [], key: '' }
    const shown = new Map<number, StoredEvent>()
    for (const seq of listed) {
      const event = events.get(seq)
      if (event) shown.set(seq, readOutgoing(maskEvent(event, rules, key)))
    }
    return shown
  }
}

/** By channel; of those only that mask something. */
async function readMaskings(
  tx: Transaction,
  tenantId: string,
  rows: readonly Listing[],
): Promise<Map<string | null, Masking>> {
  const ids = [...new Set(rows.flatMap(({ destinationId }) => destinationId ?? []))]
  if (ids.length === 0) return new Map()
  const { id, masking, secretEnc, secretNames } = destinations
  const found = await tx
    .select({ id, masking, secretEnc, secretNames })
    .from(destinations)
    .where(and(eq(destinations.tenantId, tenantId), inArray(id, ids)))
  return new Map(
    found.flatMap((row): [string, Masking][] => {
      const rules = maskingRulesSchema.parse(row.masking)
      return rules.length > 0 ? [[row.id, { rules, key: keyOf(tenantId, row) }]] : []
    }),
  )
}

function keyOf(
  tenantId: string,
  row: { id: string; secretEnc: Uint8Array | null; secretNames: string[] },
): string {
  try {
    return openSecrets({ tenantId, destinationId: row.id }, row).maskingKey ?? randomUUID()
  } catch (error) {
    // A bell that can't hash as its channel does hashes otherwise, and shows no more.
    if (error instanceof AppError) return randomUUID()
    throw error
  }
}
