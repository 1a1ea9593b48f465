import { randomUUID } from 'node:crypto'
import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { destinations } from '@/db/schema/delivery'
import { carryMatches } from '@/lib/delivery/carry-matches'
import { openSecrets } from '@/lib/delivery/destination-secrets'
import { readOutgoing } from '@/lib/delivery/encodings/outgoing-event'
import { maskEvent } from '@/lib/delivery/masking/mask-event'
import { type MaskingRule, maskingRulesSchema } from '@/lib/delivery/masking/masking-rule'
import { withMatchedNames } from '@/lib/delivery/matched-names'
import { readChosen } from '@/lib/delivery/read-events'
import { AppError } from '@/lib/errors/app-error'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { RungRow } from './bell-note'

type Showing = { rules: MaskingRule[]; key: string; carriesMatches: boolean }
type Listing = Pick<RungRow, 'listed' | 'destinationId'>

/**
 * What the trail has of the events that notifications list, by seq, as the channel of each shows them now: a screen is
 * seen by more people than its reader, and some channels have names of the ledger. What is gone from the trail is missing.
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
  const showings = await readShowings(tx, tenantId, rows)
  const carries = [...showings.values()].some(({ carriesMatches }) => carriesMatches)
  const carrying = await carryMatches(tx, tenantId, found, carries ? 'latest' : null)
  const events = new Map(carrying.map((event) => [event.seq, event]))
  return ({ listed, destinationId }) => {
    const { rules, key, carriesMatches } = showings.get(destinationId) ?? NOTHING_SPECIAL
    const shown = new Map<number, StoredEvent>()
    for (const seq of listed) {
      const event = events.get(seq)
      if (!event) continue
      const masked = maskEvent(event, rules, key)
      shown.set(seq, withMatchedNames(readOutgoing(masked), carriesMatches ? masked.matched : undefined))
    }
    return shown
  }
}

const NOTHING_SPECIAL: Showing = { rules: [], key: '', carriesMatches: false }

/** By channel; of those only that mask something or have names of the ledger. */
async function readShowings(
  tx: Transaction,
  tenantId: string,
  rows: readonly Listing[],
): Promise<Map<string | null, Showing>> {
  const ids = [...new Set(rows.flatMap(({ destinationId }) => destinationId ?? []))]
  if (ids.length === 0) return new Map()
  const { id, masking, carriesMatches, secretEnc, secretNames } = destinations
  const found = await tx
    .select({ id, masking, carriesMatches, secretEnc, secretNames })
    .from(destinations)
    .where(and(eq(destinations.tenantId, tenantId), inArray(id, ids)))
  return new Map(
    found.flatMap((row): [string, Showing][] => {
      const rules = maskingRulesSchema.parse(row.masking)
      const key = rules.length > 0 ? keyOf(tenantId, row) : ''
      const isSpecial = rules.length > 0 || row.carriesMatches
      return isSpecial ? [[row.id, { rules, key, carriesMatches: row.carriesMatches }]] : []
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
