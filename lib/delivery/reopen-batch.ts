import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { executePrepared } from '@/db/execute-prepared'
import { canonicalJson } from '@/lib/integrity/jcs'
import type { Settings } from './destinations/contract'
import { filterOfVersion } from './filter-at'
import { encodeEvents, type FrozenBatch } from './frozen-batch'
import { type Lane, placeIn } from './lane'
import type { LeasedStream } from './lease-stream'
import type { MaskingRule } from './masking/masking-rule'
import type { StreamKey } from './matching-events'
import type { OpenStream } from './open-stream'
import { maskEvents } from './prepare-batch'
import { readEvents } from './read-events'
import { runHeld, whileHeld } from './update-leased'

type BatchRow = Omit<FrozenBatch, 'body' | 'seqs' | 'eventIds' | 'firstReceivedAt' | 'checkpoint'> & {
  checkpoint: string | null
  events: number
  bytes: number
}

export type Reopened =
  | { step: 'batch'; batch: FrozenBatch }
  | { step: 'none'; stream: LeasedStream }
  | { step: 'lost' }

/**
 * A lane's open batch with the very bytes of its first try, made again from the trail. Where that can't be, because
 * a person chose another body or other masking, or a newer Spoor writes other bytes, it is planned anew under a new
 * key; so is a large one for which the breaker has no room.
 */
export async function reopenBatch(stream: LeasedStream, lane: Lane, opened: OpenStream): Promise<Reopened> {
  const row = await findOpenBatch(stream, lane)
  if (!row) return { step: 'none', stream }
  const isTooLarge = stream.breaker === 'open' && row.events > 1 && opened.kind.maySplit
  const { from } = placeIn(lane)
  const isCurrent = row.firstSeq <= from && from <= row.lastSeq && isSameFormat(row, opened)
  const batch = isCurrent && !isTooLarge ? await rebuild(stream, lane, opened, row) : undefined
  if (batch) return { step: 'batch', batch }
  const state = isCurrent && isTooLarge ? 'split' : 'replaced'
  const { tenantId, destinationId } = stream
  const held = await runHeld(
    stream,
    sql`${whileHeld(stream, {}, { keepLease: true })}, put_aside as (
      update delivery_batches b set state = ${state}::text, settled_at = now(), may_have_arrived = b.may_have_arrived or ${stream.wasHeld}::boolean
      from held
      where b.tenant_id = ${tenantId}::uuid and b.destination_id = ${destinationId}::uuid
        and b.idempotency_key = ${row.idempotencyKey}::text and b.state = 'planned') select * from held`,
  )
  return held ? { step: 'none', stream: held } : { step: 'lost' }
}

async function findOpenBatch(
  { tenantId, destinationId }: StreamKey,
  { replay }: Lane,
): Promise<BatchRow | undefined> {
  const [row] = await executePrepared<BatchRow>(
    'deliver',
    sql`select idempotency_key as "idempotencyKey", first_seq as "firstSeq", last_seq as "lastSeq",
      filter_version as "filterVersion", format_version as "formatVersion", format, masking, checkpoint, events, bytes,
      sha256, replay_id as "replayId", object_key as "objectKey", previous_key as "previousKey",
      previous_sha256 as "previousSha256",
      may_have_arrived as "mayHaveArrived"
    from delivery_batches where tenant_id = ${tenantId}::uuid and destination_id = ${destinationId}::uuid
      and state = 'planned' and replay_id is not distinct from ${replay?.id ?? null}::uuid`,
  )
  return row
}

async function rebuild(
  stream: LeasedStream,
  lane: Lane,
  { kind, secrets }: OpenStream,
  row: BatchRow,
): Promise<FrozenBatch | undefined> {
  const { checkpoint, events, bytes, ...frozen } = row
  // Planned by a Spoor that had no checkpoints yet.
  if (checkpoint === null) return undefined
  const db = database('deliver')
  const found = await readEvents(db, stream, {
    filter: await filterOfVersion(db, stream, row.filterVersion),
    // An object also covers what older filters left out in front of it.
    from: Math.max(placeIn(lane).from, row.firstSeq),
    before: row.lastSeq + 1,
    maxEvents: events,
    maxBytes: Number.MAX_SAFE_INTEGER,
    onlyDead: lane.replay?.onlyDead ?? false,
  })
  const masked = maskEvents(found, row.masking as MaskingRule[], secrets.maskingKey)
  const encoded = encodeEvents(kind, row.format as Settings, masked, Number.POSITIVE_INFINITY, checkpoint)
  if (bytes !== encoded.body.length || !encoded.sha256.equals(row.sha256)) return undefined
  return { ...frozen, ...encoded, checkpoint, mayHaveArrived: row.mayHaveArrived || stream.wasHeld }
}

function isSameFormat(row: BatchRow, { kind, format, masking }: OpenStream): boolean {
  return (
    row.formatVersion === kind.formatVersion &&
    canonicalJson(row.format) === canonicalJson(format) &&
    canonicalJson(row.masking) === canonicalJson(masking)
  )
}
