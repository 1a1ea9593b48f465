import { and, asc, eq, gte, inArray, isNotNull, lt } from 'drizzle-orm'
import { database } from '@/db/client'
import { deliveryBatches } from '@/db/schema/delivery'
import { deliveryDigests } from '@/db/schema/delivery-digests'
import { logHeads } from '@/db/schema/logs'
import { openSecrets } from '@/lib/delivery/destination-secrets'
import { s3ConfigSchema } from '@/lib/delivery/destinations/s3/config'
import { placeOf, s3FormatSchema } from '@/lib/delivery/destinations/s3/format'
import { digestObjectKey } from '@/lib/delivery/destinations/s3/object-key'
import { digestKeyIn } from './digest-key'
import { type Digest, type DigestObject, digestSha256, readDigest, writeDigest } from './digest-text'
import type { Undigested } from './due-digests'

/** A day of catching up at 10,000 events/s in one digest of some 5 MB; what is more goes into the next ones. */
const MAX_OBJECTS = 17_280

/** Writes down a destination's next digest before it is sent, so that every try stores the same bytes. */
export async function freezeDigest(due: Undigested): Promise<void> {
  const { tenantId, destinationId, tenantSlug } = due
  const config = s3ConfigSchema.parse(due.config)
  const place = placeOf(config)
  const key = digestKeyIn(openSecrets(due, due))
  const { objects, replaced, until } = await readObjects(due, place)
  if (objects.length === 0) throw new Error(`Destination ${destinationId} has nothing to digest after all.`)
  const number = (due.lastNumber ?? -1) + 1
  const digest: Digest = {
    digest: 'spoor-digest/1',
    tenant: tenantSlug,
    stream: destinationId,
    number,
    place,
    until: until.toISOString(),
    objects,
    replaced,
    previous: previousOf(due, place),
    checkpoint: await readCheckpoint(tenantId),
  }
  const body = writeDigest(digest, key)
  await database('deliver')
    .insert(deliveryDigests)
    .values({
      tenantId,
      destinationId,
      number,
      until,
      objectKey: digestObjectKey({ prefix: config.prefix, tenant: tenantSlug }, destinationId, number),
      body,
      sha256: Buffer.from(digestSha256(body), 'hex'),
      objects: objects.length,
    })
    // Another process froze it at the same time: its bytes are the ones.
    .onConflictDoNothing()
}

function previousOf({ lastBody, lastKey }: Undigested, place: string): Digest['previous'] {
  if (lastBody === null || lastKey === null) return null
  const last = readDigest(lastBody)
  return {
    key: lastKey,
    sha256: digestSha256(lastBody),
    ...(last.place !== place && { place: last.place }),
  }
}

/** Objects in the order in which they were stored; `until` is earlier where there are too many for one digest. */
async function readObjects(
  due: Undigested,
  place: string,
): Promise<{ objects: DigestObject[]; replaced: string[]; until: Date }> {
  const b = deliveryBatches
  const rows = await database('deliver')
    .select({
      key: b.objectKey,
      sha256: b.sha256,
      firstSeq: b.firstSeq,
      lastSeq: b.lastSeq,
      count: b.events,
      format: b.format,
      settledAt: b.settledAt,
      state: b.state,
    })
    .from(b)
    .where(
      and(
        eq(b.tenantId, due.tenantId),
        eq(b.destinationId, due.destinationId),
        inArray(b.state, ['done', 'replaced']),
        isNotNull(b.objectKey),
        ...(due.lastUntil === null ? [] : [gte(b.settledAt, new Date(due.lastUntil))]),
        lt(b.settledAt, new Date(due.until)),
      ),
    )
    .orderBy(asc(b.settledAt), asc(b.firstSeq))
    .limit(MAX_OBJECTS + 1)
  // Objects that were settled within one millisecond stay together.
  const beyond = rows[MAX_OBJECTS]?.settledAt
  const taken = beyond ? rows.filter(({ settledAt }) => settledAt && settledAt < beyond) : rows
  const [done, others] = [taken.filter(isDone), taken.filter((row) => !isDone(row))]
  const objects = done.map(({ key, sha256, firstSeq, lastSeq, count, format }) => {
    const stored = s3FormatSchema.parse(format).place
    return {
      key: key ?? '',
      sha256: sha256.toString('hex'),
      firstSeq,
      lastSeq,
      count,
      ...(stored !== place && { place: stored }),
    }
  })
  const replaced = [...new Set(others.map(({ key }) => key ?? ''))]
  return { objects, replaced, until: beyond ?? new Date(due.until) }
}

const isDone = ({ state }: { state: string }) => state === 'done'

async function readCheckpoint(tenantId: string): Promise<string> {
  const [head] = await database('deliver')
    .select({ note: logHeads.note })
    .from(logHeads)
    .where(eq(logHeads.tenantId, tenantId))
  if (!head)
    throw new Error(`Tenant ${tenantId} has no log although objects of its sealed events are stored.`)
  return head.note
}
