import type { Outcome } from '@/lib/delivery/outcome'
import type { GuardedAnswer } from '@/lib/http/guarded-request'
import type { OutgoingError } from '@/lib/http/outgoing-error'
import { readRetryAfterMs } from '@/lib/http/retry-after'
import type { S3Config } from './config'

/** As much of the storage's words as is kept of any receiver's. */
const KEPT_LENGTH = 4096

const NOT_YET = 'The storage is overloaded or out of order.'

/** By the codes of S3's errors, which say more than the status. */
const CODES: Record<string, string> = {
  AccessDenied: 'The access key may not write here. It needs s3:PutObject on this bucket and prefix.',
  AllAccessDisabled: 'The bucket is switched off. Ask whoever owns it.',
  AuthorizationHeaderMalformed: 'The region is not the one that the bucket is in.',
  BadDigest: 'The object arrived damaged; Spoor sends it again.',
  ConditionalRequestConflict: 'Something else was being stored under this name; Spoor tries again.',
  ExpiredToken: 'The access key has expired.',
  InternalError: NOT_YET,
  InvalidAccessKeyId: 'The storage does not know this access key.',
  InvalidBucketName: 'The storage takes no bucket of this name.',
  InvalidStorageClass: 'The storage has no such storage class.',
  NoSuchBucket: 'There is no such bucket. Check its name, the endpoint and the path style.',
  NotImplemented: 'The storage cannot do what was asked of it.',
  OperationAborted: 'The storage was busy with this bucket; Spoor tries again.',
  PermanentRedirect: 'The bucket is in another region, or at another endpoint.',
  RequestTimeTooSkewed:
    'The clocks of Spoor and of the storage differ by more than 15 minutes. Set them right.',
  RequestTimeout: 'The storage waited too long for the object; Spoor sends it again.',
  SignatureDoesNotMatch: 'The secret access key does not belong to the access key, or the region is wrong.',
  SlowDown: 'The storage wants fewer requests; Spoor waits.',
  TemporaryRedirect: 'The bucket is on the move to another address; Spoor tries again.',
}

const ENCRYPTION =
  'The storage refuses it. Perhaps it does not know this server-side encryption: choose another, or none.'
const KMS = 'The encryption key cannot be used: check its name, and whether the access key may use it.'

/** What of a bucket's settings a refusal may be about. */
type Options = Pick<S3Config, 'encryption' | 'storageClass'>

function hintFor(status: number, code: string | undefined, config: Options): string {
  const isEncrypted = config.encryption !== 'none'
  if (code?.startsWith('KMS.')) return KMS
  if (isEncrypted && (status === 501 || (status === 400 && !(code && CODES[code])))) return ENCRYPTION
  if (code === 'InvalidArgument' && config.storageClass) return CODES.InvalidStorageClass ?? NOT_YET
  const known = code === undefined ? undefined : CODES[code]
  if (known) return known
  if (status >= 300 && status < 400) return CODES.PermanentRedirect ?? NOT_YET
  if (status === 403) return CODES.AccessDenied ?? NOT_YET
  if (status === 404) return 'There is no such bucket at this endpoint.'
  if (status === 501) return CODES.NotImplemented ?? NOT_YET
  if (status === 429 || status >= 500) return NOT_YET
  return 'The storage does not accept the request. Check bucket, region, endpoint and options.'
}

/** The code of S3's own error document; a HEAD has none. */
export const errorCode = ({ text }: Pick<GuardedAnswer, 'text'>): string | undefined =>
  /<Code>([A-Za-z0-9.]{1,100})<\/Code>/.exec(text)?.[1]

/** With a wrong signature S3 repeats what was signed, by which the same request could be sent by others. */
const SIGNED = /<(SignatureProvided|StringToSign(?:Bytes)?|CanonicalRequest(?:Bytes)?)>[^<]*/g

/** The storage's own words, as they may be kept and shown. */
export function shownAnswer({ text }: Pick<GuardedAnswer, 'text'>, secrets: readonly string[]): string {
  const without = secrets.reduce((shown, secret) => shown.replaceAll(secret, '[secret]'), text)
  return without.replace(SIGNED, '<$1>…').slice(0, KEPT_LENGTH)
}

/** What an error of the storage means: never the events' fault, so the same object is offered again. */
export function classifyRefusal(
  answer: Pick<GuardedAnswer, 'status' | 'headers' | 'text'>,
  config: Options,
): Extract<Outcome, { verdict: 'failed' }> {
  const { status, headers } = answer
  const code = errorCode(answer)
  const retryAfterMs = readRetryAfterMs(headers)
  return {
    verdict: 'failed',
    message: `HTTP ${status}${code ? ` ${code}` : ''}: ${hintFor(status, code, config)}`,
    status,
    ms: 0,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

/** What it means that there was no answer. */
export function classifyError({ reason, message }: OutgoingError): Outcome {
  return { verdict: reason === 'aborted' ? 'aborted' : 'failed', message, ms: 0 }
}
