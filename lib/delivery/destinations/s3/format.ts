import { z } from 'zod'
import type { Encoder } from '@/lib/delivery/destinations/contract'
import { ENCODINGS_VERSION, encodingOf, encodingSchema } from '@/lib/delivery/encodings/encodings'
import { toSyslogMessage } from '@/lib/delivery/encodings/rfc5424'
import { type ForwardedEvent, toEventJson } from '@/lib/delivery/forwarded-event'
import { S3_FORMATS, type S3Config } from './config'
import { toFlatRecord } from './flat-record'
import { prettyJson } from './pretty-json'

/** Raise the first number when any writer below gives other bytes for the same event. */
export const S3_FORMAT_VERSION = 1 * 100 + ENCODINGS_VERSION

/** What the bytes and the names of objects depend on. */
export const s3FormatSchema = z.strictObject({
  format: z.enum(S3_FORMATS),
  encoding: encodingSchema,
  gzip: z.boolean(),
  /** An object that is stored here does not stand for one that belongs there. */
  place: z.string(),
  prefix: z.string(),
  tenant: z.string(),
})
export type S3Format = z.infer<typeof s3FormatSchema>

/** Which bucket where: `acme-audit at s3.example.com`. */
export const placeOf = ({ bucket, endpoint, region }: S3Config) =>
  `${bucket} at ${endpoint ? new URL(endpoint).host : `AWS ${region}`}`

export function s3Format(config: S3Config, tenant: string): S3Format {
  const { format, encoding, gzip, prefix } = config
  const isEncoded = format === 'ndjson'
  return { format, encoding: isEncoded ? encoding : 'native', gzip, place: placeOf(config), prefix, tenant }
}

/** Formats end in names of their own, so that history which is sent once more in another one finds its place free. */
type Writer = { extension: string; contentType: string; write(event: ForwardedEvent): string }

const JSON_LINES = { extension: 'ndjson', contentType: 'application/x-ndjson' }
const JSON_TEXT = { extension: 'json', contentType: 'application/json' }
const TEXT_LINES = { extension: 'log', contentType: 'text/plain; charset=utf-8' }

function encodedWriter({ encoding: name, tenant }: S3Format): Writer {
  const encoding = encodingOf(name)
  const { extension, contentType } = encoding.isJson ? JSON_LINES : TEXT_LINES
  const named = name === 'native' ? extension : `${name}.${extension}`
  return { extension: named, contentType, write: (event) => encoding.encode(event, { tenant }) }
}

const WRITERS: Record<S3Format['format'], (format: S3Format) => Writer> = {
  ndjson: encodedWriter,
  json_pretty: () => ({ ...JSON_TEXT, write: (event) => prettyJson(toEventJson(event)) }),
  flat_json: () => ({
    ...JSON_TEXT,
    extension: 'flat.json',
    write: (event) => JSON.stringify(toFlatRecord(event), null, 2),
  }),
  syslog_kv: () => ({
    ...TEXT_LINES,
    extension: 'kv.log',
    write: (event) => JSON.stringify(toFlatRecord(event)).slice(1, -1),
  }),
  syslog_rfc5424: ({ tenant }) => ({ ...TEXT_LINES, write: (event) => toSyslogMessage(event, { tenant }) }),
}

export const writerOf = (format: S3Format): Writer => WRITERS[format.format](format)

/** One event after the other, each ended by a newline: such files can be put together by `cat`. */
export function s3Encoder(format: S3Format): Encoder {
  const { write } = writerOf(format)
  return {
    encode: write,
    join: (items) => items.map((item) => `${item}\n`).join(''),
    overheadBytes: 1,
  }
}
