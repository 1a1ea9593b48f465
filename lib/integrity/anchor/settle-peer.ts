import { sql } from 'drizzle-orm'
import { type Database, database } from '@/db/client'
import type { AnchorData } from './anchor'
import type { DuePeer } from './due-peers'

/** First wait after a failure, doubled with each further one. */
const FIRST_WAIT_SECONDS = 60
/** A peer that is back after a night is noticed within the hour. */
const MAX_WAIT_SECONDS = 3_600

/** Only while the peer is ours: a person who changed it meanwhile has started it anew. */
const isOurs = ({ tenantId, kind, leaseMs, url }: DuePeer) => sql`
  tenant_id = ${tenantId} and kind = ${kind} and url = ${url} and due_at = to_timestamp(${leaseMs}::float8 / 1000)`

async function keepAnchor(
  tx: Database,
  { tenantId, head }: DuePeer,
  name: string,
  data: AnchorData,
): Promise<void> {
  const { epoch, size, note, signedSeconds } = head
  const { kind, ...rest } = data
  await tx.execute(sql`
    insert into log_checkpoints (tenant_id, epoch, size, note, signed_at)
    values (${tenantId}, ${epoch}, ${size}, ${note}, to_timestamp(${signedSeconds}::float8)) on conflict do nothing`)
  await tx.execute(sql`
    insert into log_anchors (tenant_id, epoch, size, kind, name, data)
    values (${tenantId}, ${epoch}, ${size}, ${kind}, ${name}, ${JSON.stringify(rest)}::text::jsonb)
    on conflict do nothing`)
}

/** Keeps checkpoint and anchor, and asks again when the time has come, in one commit. */
export async function settleAnchored(peer: DuePeer, name: string, data: AnchorData): Promise<void> {
  const { epoch, size } = peer.head
  await database('anchor').transaction(async (tx) => {
    await keepAnchor(tx, peer, name, data)
    await tx.execute(sql`
      update anchor_peers set epoch = ${epoch}, known_size = ${size}, anchored_size = ${size}, anchored_at = now(),
        failures = 0, due_at = now() + ${peer.everyMinutes} * interval '1 minute'
      where ${isOurs(peer)}`)
  })
}

/** Puts down why it failed, and when it is tried again. `random` is in [0, 1). */
export async function settleFailed(peer: DuePeer, message: string, random: number): Promise<void> {
  const bound = Math.min(MAX_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** peer.failures)
  // Between half of it and all, so that tenants of one witness don't come back together.
  const waitSeconds = bound * (0.5 + random / 2)
  await database('anchor').execute(sql`
    update anchor_peers set failures = failures + 1, failed_at = now(), fail_message = ${message},
      due_at = now() + ${waitSeconds}::float8 * interval '1 s'
    where ${isOurs(peer)}`)
}
