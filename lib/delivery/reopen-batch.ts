import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { executePrepared } from '@/db/execute-prepared'
import { canonicalJson } from '@/lib/integrity/jcs'
import type { DigestRange, MayGoOn } from './digest/digest-range'
import { filterOfVersion } from './filter-at'
import { type EncodedEvents, encodeDigest, encodeEvents, type FrozenBatch } from './frozen-batch'
import { type Lane, placeIn } from './lane'
import type { LeasedStream } from './lease-stream'
import type { StreamKey } from './matching-events'
import type { OpenStream } from './open-stream'
import { readTold } from './prepare-digest'
import { readEvents } from './read-events'
import type { WindowChanges } from './rules/window-changes'
import { showEvents } from './show-events'
import { runHeld, whileHeld } from './update-leased'

type BatchRow = Omit<FrozenBatch, 'body' | 'seqs' | 'eventIds' | 'firstReceivedAt' | 'checkpoint'> & {
  checkpoint: string | null
  bytes: number
}

export type Reopened =
  | { step: 'batch'; batch: FrozenBatch; windows?: WindowChanges }
  | { step: 'none'; stream: LeasedStream }
  | { step: 'stopped' }
  | { step: 'lost' }

/**
 * A lane's open batch with the very bytes of its first try, made again from the trail. Where that can't be, because
 * a person chose another body, other masking or matches, or a newer Spoor writes other bytes, it is planned anew under a new
 * key; so is a large one for which the breaker has no room.
 */
export async function reopenBatch(
  stream: LeasedStream,
  lane: Lane,
  opened: OpenStream,
  mayGoOn: MayGoOn,
): Promise<Reopened> {
  const row = await findOpenBatch(stream, lane)
  if (!row) return { step: 'none', stream }
  const isTooLarge = stream.breaker === 'open' && row.events > 1 && opened.kind.maySplit
  const { from } = placeIn(lane)
  const isCurrent = row.firstSeq <= from && from <= row.lastSeq && isSameFormat(row, opened)
  const rebuilt = isCurrent && !isTooLarge ? await rebuild(stream, lane, opened, row, mayGoOn) : undefined
  if (rebuilt) return rebuilt
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
      filter_version as "filterVersion", format_version as "formatVersion", format, masking, match_generation as "matchGeneration", checkpoint, events, bytes,
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
  opened: OpenStream,
  row: BatchRow,
  mayGoOn: MayGoOn,
): Promise<Extract<Reopened, { step: 'batch' | 'stopped' }> | undefined> {
  const { checkpoint, events, bytes, ...frozen } = row
  // Planned by a Spoor that had no checkpoints yet.
  if (checkpoint === null) return undefined
  const range = {
    filter: await filterOfVersion(database('deliver'), stream, row.filterVersion),
    // An object also covers what older filters left out in front of it.
    from: Math.max(placeIn(lane).from, row.firstSeq),
    before: row.lastSeq + 1,
    matches: row.matchGeneration,
  }
  const isDigest = opened.kind.role === 'channel'
  const told = isDigest ? await readTold(stream, opened, lane, range, mayGoOn) : undefined
  if (isDigest && !told) return { step: 'stopped' }
  const isWhole = told?.to === range.before
  const encoded = isDigest
    ? isWhole && told.digest && encodeDigest(told.digest)
    : await encodeAgain(stream, lane, opened, range, row)
  if (!encoded || bytes !== encoded.body.length || !encoded.sha256.equals(row.sha256)) return undefined
  const mayHaveArrived = row.mayHaveArrived || stream.wasHeld
  const batch = { ...frozen, ...encoded, checkpoint, mayHaveArrived }
  return { step: 'batch', batch, ...(told?.windows && { windows: told.windows }) }
}

async function encodeAgain(
  stream: LeasedStream,
  lane: Lane,
  { kind, secrets }: OpenStream,
  range: DigestRange,
  { events, masking, format, checkpoint }: BatchRow,
): Promise<EncodedEvents> {
  const found = await readEvents(database('deliver'), stream, {
    ...range,
    maxEvents: events,
    maxBytes: Number.MAX_SAFE_INTEGER,
    onlyDead: lane.replay?.onlyDead ?? false,
  })
  const shown = await showEvents(stream, found, { masking, secrets, matches: range.matches })
  return encodeEvents(kind, format, shown, Number.POSITIVE_INFINITY, checkpoint ?? undefined)
}

function isSameFormat(row: BatchRow, { kind, format, masking, carriesMatches }: OpenStream): boolean {
  return (
    row.formatVersion === kind.formatVersion &&
    canonicalJson(row.format) === canonicalJson(format) &&
    canonicalJson(row.masking) === canonicalJson(masking) &&
    (row.matchGeneration !== null) === carriesMatches
  )
}
