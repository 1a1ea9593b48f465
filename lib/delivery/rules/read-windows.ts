import { sql } from 'drizzle-orm'
import { executePrepared } from '@/db/execute-prepared'
import type { StreamKey } from '@/lib/delivery/matching-events'
import type { RuleWindow } from './rule-window'

type Row = RuleWindow & { groupHash: string }

/** What is remembered of these groups of a channel, by their hashes. */
export async function readWindows(
  { tenantId, destinationId }: StreamKey,
  groupHashes: readonly string[],
): Promise<Map<string, RuleWindow>> {
  if (groupHashes.length === 0) return new Map()
  const rows = await executePrepared<Row>(
    'deliver',
    // Joined: a planner that does not know the list might compare each row with all of it.
    sql`select encode(w.group_hash, 'hex') as "groupHash", seqs, times, since, first_seq as "firstSeq",
      (extract(epoch from first_at) * 1000)::float8 as "firstAtMs",
      (extract(epoch from quiet_until) * 1000)::float8 as "quietUntilMs"
    from unnest(${toByteArrays(groupHashes)}::bytea[]) as g(hash) join rule_windows w on w.group_hash = g.hash
    where w.tenant_id = ${tenantId}::uuid and w.destination_id = ${destinationId}::uuid`,
  )
  return new Map(rows.map(({ groupHash, ...window }) => [groupHash, window]))
}

/** Hex texts as PostgreSQL writes an array of byte strings. */
export const toByteArrays = (hexes: readonly string[]): string =>
  `{${hexes.map((hex) => `"\\\\x${hex}"`).join()}}`
