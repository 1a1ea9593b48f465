import type { DestinationKind } from '@/lib/delivery/destinations/contract'
import { shortenUrl } from '@/lib/http/shorten-url'
import { checkS3 } from './check-health'
import { configureS3, type S3Config, s3ConfigSchema, s3InputSchema } from './config'
import { S3_FIELDS } from './fields'
import { placeOf, S3_FORMAT_VERSION, s3Encoder, s3Format, s3FormatSchema } from './format'
import { s3ObjectKey } from './object-key'
import { sendS3 } from './send'

/** What people expect of a log storage, and what bounds how much a crash repeats. */
const SCHEDULE = { everySeconds: 300, flushEvents: 50_000 }
const MAX_OBJECT_BYTES = 8 * 1024 * 1024
/** E-mails about what was stored come together as often as objects do. */
const MAIL_EVERY_SECONDS = SCHEDULE.everySeconds
/** Enough of an access key to tell two apart. */
const SHOWN_KEY_LENGTH = 4

const shorten = (accessKeyId: string) =>
  accessKeyId.length > 3 * SHOWN_KEY_LENGTH
    ? `${accessKeyId.slice(0, SHOWN_KEY_LENGTH)}…${accessKeyId.slice(-SHOWN_KEY_LENGTH)}`
    : accessKeyId

function values(config: S3Config) {
  const { region, endpoint, kmsKeyId, storageClass, ...rest } = config
  return {
    ...rest,
    region,
    endpoint: endpoint ?? null,
    kmsKeyId: kmsKeyId ?? null,
    storageClass: storageClass ?? null,
  }
}

/** Events as objects of a bucket: AWS, and whatever else speaks S3. */
export const s3Kind: DestinationKind = {
  role: 'forwarding',
  label: 'S3 log storage',
  summary: 'A bucket at AWS or any storage that speaks S3, filled every five minutes, with signed digests.',
  promise:
    'Effectively once: a retry stores the same object under the same name, and nothing that is there is overwritten.',
  fields: S3_FIELDS,
  generated: [{ name: 'digestPublicKey', label: 'Key of the Digests' }],
  input: s3InputSchema,
  configure: (input, before) => configureS3(s3InputSchema.parse(input), before),
  companion: (stored) => {
    const { mailTypes, mailTo } = s3ConfigSchema.parse(stored)
    return { kind: 'email', fields: { to: mailTo, everySeconds: MAIL_EVERY_SECONDS }, types: mailTypes }
  },
  formatVersion: S3_FORMAT_VERSION,
  // A part of a batch would overlap with the whole, which may be stored although no answer came.
  maySplit: false,
  encoder: (format) => s3Encoder(s3FormatSchema.parse(format)),
  open: (stored) => {
    const config = s3ConfigSchema.parse(stored)
    return {
      describe: () => `S3 bucket ${config.bucket}`,
      target: () => placeOf(config),
      values: () => values(config),
      publicValues: () => ({
        ...values(config),
        accessKeyId: shorten(config.accessKeyId),
        endpoint: config.endpoint ? shortenUrl(config.endpoint) : null,
      }),
      maxEvents: SCHEDULE.flushEvents,
      maxBytes: MAX_OBJECT_BYTES,
      schedule: SCHEDULE,
      format: (tenantSlug) => s3Format(config, tenantSlug),
      objectKey: ({ format, ...range }) => s3ObjectKey(s3FormatSchema.parse(format), range),
      send: (delivery, tools) => sendS3(config, s3FormatSchema.parse(delivery.format), delivery, tools),
      checkHealth: (call, tools) => checkS3(config, call, tools),
    }
  },
}
