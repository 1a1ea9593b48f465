import { and, asc, eq, gte, lt } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events } from '@/db/schema/events'
import { anchorEntries } from '@/db/schema/logs'
import { ANCHOR_TENANT_ID } from '@/lib/access/instance-tenant'
import { eventEntry } from '@/lib/integrity/evidence/event-entry'
import { type StoredRedaction, storedSecrets } from '@/lib/integrity/evidence/stored-secrets'
import { leafEntry } from '@/lib/integrity/leaf'

/** An event has up to 256 KiB, so a whole bundle's would be 64 MiB at one time. */
const ROWS_AT_A_TIME = 64

type Row = { id: string; receivedAt: Date; body: string; seed: Buffer | null; redaction: unknown }

/**
 * The entry that a row's leaf is the hash of. Empty where the row holds nothing to derive it from, which only
 * tampering brings about: whoever checks the log then sees at which place.
 */
function entryOf({ id, receivedAt, body, seed, redaction }: Row): string {
  const at = receivedAt.toISOString()
  try {
    const secrets = storedSecrets({ seed, redaction })
    if (secrets) return eventEntry(JSON.parse(body), secrets, id, at)
    return leafEntry((redaction as Extract<StoredRedaction, { content: string }>).content, id, at)
  } catch {
    return ''
  }
}

async function readEventEntries(
  tx: Transaction,
  tenantId: string,
  start: number,
  end: number,
): Promise<string[]> {
  const rows = await tx
    .select({
      id: events.id,
      receivedAt: events.receivedAt,
      body: events.body,
      seed: events.seed,
      redaction: events.redaction,
    })
    .from(events)
    .where(and(eq(events.tenantId, tenantId), gte(events.seq, start), lt(events.seq, end)))
    .orderBy(asc(events.seq))
  return rows.map(entryOf)
}

async function readAnchorEntries(tx: Transaction, start: number, end: number): Promise<Buffer[]> {
  const rows = await tx
    .select({ entry: anchorEntries.entry })
    .from(anchorEntries)
    .where(and(gte(anchorEntries.seq, start), lt(anchorEntries.seq, end)))
    .orderBy(asc(anchorEntries.seq))
  return rows.map(({ entry }) => entry)
}

/**
 * The entries of leaves `start` to `end - 1`, derived from the rows as they are now. Fewer where rows are gone, as
 * after retention. Runs as the tenant.
 */
export async function readEntries(
  tx: Transaction,
  tenantId: string,
  start: number,
  end: number,
): Promise<(string | Buffer)[]> {
  if (tenantId === ANCHOR_TENANT_ID) return readAnchorEntries(tx, start, end)
  const entries: string[] = []
  for (let at = start; at < end; at += ROWS_AT_A_TIME)
    entries.push(...(await readEventEntries(tx, tenantId, at, Math.min(at + ROWS_AT_A_TIME, end))))
  return entries
}
