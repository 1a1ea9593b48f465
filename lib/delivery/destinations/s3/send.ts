import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Delivery, Tools } from '@/lib/delivery/destinations/contract'
import type { Outcome } from '@/lib/delivery/outcome'
import type { S3Config } from './config'
import { type S3Format, writerOf } from './format'
import { testObjectKey } from './object-key'
import { putObject } from './put-object'

const pack = promisify(gzip)

/** Stores one batch as one object and says what became of it. A test event becomes an object beside the others. */
export async function sendS3(
  config: S3Config,
  format: S3Format,
  delivery: Delivery,
  tools: Tools,
): Promise<Outcome> {
  const { body, sha256, events, firstSeq, lastSeq, objectKey, previous, idempotencyKey } = delivery
  const { capabilities, mayHaveArrived } = delivery
  const object = {
    key: objectKey ?? testObjectKey(format, idempotencyKey),
    body: format.gzip ? await pack(body) : body,
    isGzip: format.gzip,
    contentType: writerOf(format).contentType,
    sha256,
    metadata: {
      'first-seq': String(firstSeq),
      'last-seq': String(lastSeq),
      count: String(events),
      ...(previous && { 'prev-object': previous.objectKey, 'prev-sha256': previous.sha256 }),
    },
  }
  return putObject(config, object, { capabilities, mayHaveArrived }, delivery, tools)
}
