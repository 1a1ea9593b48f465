import type { FrozenRange } from '@/lib/delivery/destinations/contract'
import { checkpointObject } from '@/lib/integrity/anchor/checkpoint-object'
import { S3_FORMAT_VERSION, type S3Format, writerOf } from './format'

/** Enough for every seq, so that names sort as their numbers do. */
const SEQ_DIGITS = 20

const padded = (seq: number) => String(seq).padStart(SEQ_DIGITS, '0')

/** The folder of a tenant: what a policy of the bucket may be given for. */
const tenantFolder = ({ prefix, tenant }: Pick<S3Format, 'prefix' | 'tenant'>) => `${prefix}tenant=${tenant}/`

/** The folder of a destination's objects and digests. */
const streamFolder = (format: Pick<S3Format, 'prefix' | 'tenant'>, destinationId: string) =>
  `${tenantFolder(format)}stream=${destinationId}/`

const extensionOf = (format: S3Format) => `${writerOf(format).extension}${format.gzip ? '.gz' : ''}`

/**
 * The name of a batch's object, from nothing but what was frozen: each try of it, also by another process, stores
 * under the same one. The ranges in the names follow each other, so that a missing object shows.
 */
export function s3ObjectKey(format: S3Format, range: Omit<FrozenRange, 'format'>): string {
  const { destinationId, replayId, firstSeq, lastSeq, firstReceivedAt, edition } = range
  const date = firstReceivedAt.slice(0, 'YYYY-MM-DD'.length)
  const folder = `${streamFolder(format, destinationId)}${replayId ? `replay=${replayId}/` : ''}date=${date}/`
  const name = `${padded(firstSeq)}-${padded(lastSeq)}${edition ? `.r${edition}` : ''}`
  return `${folder}${name}.v${S3_FORMAT_VERSION}.${extensionOf(format)}`
}

/** An event of TEST, which belongs to no stream; it is never deleted, because that needs a right of its own. */
export const testObjectKey = (format: S3Format, idempotencyKey: string) =>
  `${tenantFolder(format)}_test/${idempotencyKey}.${extensionOf(format)}`

const DIGEST_DIGITS = 10

/** A folder whose name begins with an underscore is passed over by tools that read whole buckets as tables. */
export const digestObjectKey = (
  format: Pick<S3Format, 'prefix' | 'tenant'>,
  destinationId: string,
  number: number,
) => `${streamFolder(format, destinationId)}_digests/${String(number).padStart(DIGEST_DIGITS, '0')}.jsonl`

/** `checkpoints/<log id>/<size>.txt`; a log is named by the end of its origin, which is a note's first line. */
export function checkpointKey(prefix: string, note: string): string {
  const [origin = ''] = note.split('\n', 1)
  const logId = origin.slice(origin.lastIndexOf('/') + 1)
  return `${prefix}${checkpointObject(note).key.replace('/', `/${logId}/`)}`
}
