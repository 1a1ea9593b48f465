import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Before, Configured } from '@/lib/delivery/destinations/contract'
import { choiceInput, linesInput, switchInput } from '@/lib/delivery/destinations/fields'
import { encodingSchema } from '@/lib/delivery/encodings/encodings'
import { AppError } from '@/lib/errors/app-error'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { parseTargetUrl } from '@/lib/http/target-url'
import { isMailAddress } from '@/lib/mail/mail-message'
import { digestKeyOf } from './digest/digest-key'

export const S3_FORMATS = ['ndjson', 'json_pretty', 'flat_json', 'syslog_kv', 'syslog_rfc5424'] as const
const S3_ENCRYPTIONS = ['none', 'AES256', 'aws:kms'] as const
/** Storages of others than AWS have no regions but want one in the signature: this is what they expect. */
const DEFAULT_REGION = 'us-east-1'
/** Of the 1,024 bytes of an object's name the rest is for tenant, stream, date and range. */
const MAX_PREFIX_LENGTH = 512
/** As many as the filter of a destination. */
const MAX_MAIL_TYPES = 50
const MAX_MAIL_ADDRESSES = 50
const DIGEST_SEED_BYTES = 32

/** What is stored. The secret access key and the private part of the digests' key lie encrypted beside. */
export const s3ConfigSchema = z.strictObject({
  bucket: z.string(),
  region: z.string(),
  /** Where not at AWS. */
  endpoint: z.string().optional(),
  pathStyle: z.boolean(),
  /** Empty, or ends with a slash. */
  prefix: z.string(),
  accessKeyId: z.string(),
  encryption: z.enum(S3_ENCRYPTIONS),
  kmsKeyId: z.string().optional(),
  storageClass: z.string().optional(),
  format: z.enum(S3_FORMATS),
  encoding: encodingSchema,
  gzip: z.boolean(),
  mailTypes: z.array(z.string()),
  mailTo: z.array(z.string()),
  /** Public part of the key that signs the digests, as `spoor-verify` takes it. */
  digestPublicKey: z.string(),
})
export type S3Config = z.infer<typeof s3ConfigSchema>

function endpointComplaint(text: string): string | undefined {
  try {
    const { search, hash } = parseTargetUrl(text)
    return search || hash ? 'An endpoint has no question mark and no hash.' : undefined
  } catch (error) {
    if (error instanceof OutgoingError) return error.message
    throw error
  }
}

const word = (pattern: RegExp, complaint: string) =>
  z.string({ error: complaint }).trim().regex(pattern, complaint)
/** A form sends an empty text for what a person left out. */
const optionalWord = (pattern: RegExp, complaint: string) =>
  z
    .string()
    .trim()
    .refine((value) => value === '' || pattern.test(value), complaint)
    .optional()

export const s3InputSchema = z.strictObject({
  bucket: word(
    /^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/,
    'Name the bucket: 3 to 63 letters, digits, dots and hyphens.',
  ),
  region: optionalWord(/^[a-z0-9-]{1,63}$/, 'A region is like eu-central-1.'),
  endpoint: z
    .string()
    .trim()
    .superRefine((value, check) => {
      const message = value === '' ? undefined : endpointComplaint(value)
      if (message) check.addIssue({ code: 'custom', message })
    })
    .optional(),
  pathStyle: switchInput,
  prefix: z
    .string()
    .trim()
    .max(MAX_PREFIX_LENGTH, `At most ${MAX_PREFIX_LENGTH} characters.`)
    .regex(
      /^[A-Za-z0-9!_.*'()/=-]*$/,
      "Only letters, digits and / ! - _ . * ' ( ) = are safe in names of objects.",
    )
    // A path with such parts is another one by the time that it is asked for.
    .refine(
      (value) => !value.split('/').some((part) => part === '.' || part === '..'),
      'No part of it may be . or ..',
    )
    .default(''),
  accessKeyId: word(/^[!-~]{1,256}$/, 'Give the access key: one word without spaces.'),
  secretAccessKey: word(/^[!-~]{1,256}$/, 'A secret access key is one word without spaces.').optional(),
  encryption: choiceInput(S3_ENCRYPTIONS, 'none'),
  kmsKeyId: optionalWord(/^[!-~]{1,2048}$/, 'A key is named by its id, alias or ARN, without spaces.'),
  storageClass: optionalWord(/^[A-Za-z0-9_-]{1,64}$/, 'A storage class is one word, such as STANDARD_IA.'),
  format: choiceInput(S3_FORMATS, 'ndjson'),
  encoding: encodingSchema.default('native'),
  gzip: switchInput,
  mailTypes: z
    .array(
      z.string().regex(/^[a-z0-9._-]{1,64}$/, 'A log type is made of a–z, 0–9, dot, underscore and hyphen.'),
      'Choose at least one log type that also sends an e-mail.',
    )
    .min(1, 'Choose at least one log type that also sends an e-mail.')
    .max(MAX_MAIL_TYPES, `At most ${MAX_MAIL_TYPES} log types.`),
  mailTo: linesInput(
    z.string().refine(isMailAddress, 'Write one address a line, such as soc@example.com.'),
    MAX_MAIL_ADDRESSES,
  ).refine((addresses) => addresses.length > 0, 'Name at least one address that these e-mails go to.'),
})
export type S3Input = z.output<typeof s3InputSchema>

function complain(field: keyof S3Input, detail: string): never {
  const violations = [{ pointer: `/${field}`, code: 'invalid', detail }]
  throw new AppError('invalid', 'Please check the marked fields.', { violations })
}

/** `/audit` and `audit/` are the same folder. */
function toFolder(prefix: string): string {
  const inner = prefix.replace(/^\/+|\/+$/g, '')
  return inner === '' ? '' : `${inner}/`
}

/**
 * What to store for what a person entered. The key of the digests is made with the destination and stays for its
 * life. Throws `invalid` where the fields don't fit together.
 */
export function configureS3(input: S3Input, before?: Before): Configured {
  const { secretAccessKey, region, endpoint, kmsKeyId, storageClass, ...rest } = input
  const old = before && s3ConfigSchema.parse(before.config)
  if (!secretAccessKey && !before?.secretNames.includes('secretAccessKey'))
    complain('secretAccessKey', 'Give the secret that belongs to the access key.')
  if (!secretAccessKey && old && old.accessKeyId !== input.accessKeyId)
    complain('secretAccessKey', 'The access key is another one: give its secret as well.')
  // Or whoever may edit could have signed requests, which others may send on, go to a server of theirs.
  if (!secretAccessKey && old && (old.endpoint ?? '') !== (endpoint ?? ''))
    complain('secretAccessKey', 'Enter it again: the endpoint is another one.')
  if (!region && !endpoint) complain('region', 'Name the region that the bucket is in, such as eu-central-1.')
  if (kmsKeyId && input.encryption !== 'aws:kms')
    complain('kmsKeyId', 'Only the encryption with KMS takes a key. Choose it, or leave the key empty.')
  const seed = randomBytes(DIGEST_SEED_BYTES)
  const isSigned = old !== undefined && before?.secretNames.includes('digestKey')
  return {
    config: {
      ...rest,
      prefix: toFolder(rest.prefix),
      region: region || DEFAULT_REGION,
      ...(endpoint && { endpoint }),
      ...(kmsKeyId && { kmsKeyId }),
      ...(storageClass && { storageClass }),
      digestPublicKey: isSigned ? old.digestPublicKey : digestKeyOf(seed).vkey,
    },
    secrets: {
      ...(secretAccessKey && { secretAccessKey }),
      ...(!isSigned && { digestKey: seed.toString('base64') }),
    },
  }
}
