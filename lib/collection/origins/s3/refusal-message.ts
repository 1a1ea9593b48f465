import { classifyRefusal, errorCode } from '@/lib/delivery/destinations/s3/outcome'
import type { GuardedAnswer } from '@/lib/http/guarded-request'

/** What the errors of S3 mean to who reads, by their codes. */
const CODES: Record<string, string> = {
  AccessDenied:
    'The access key may not read here. It needs s3:ListBucket on the bucket, and s3:GetObject on what is in it.',
  NoSuchKey: 'The object was removed meanwhile.',
  PreconditionFailed: 'The object was replaced meanwhile; the next run fetches the new one.',
  InvalidObjectState: 'The object lies in an archive. Restore it there first.',
  RequestTimeout: 'The storage waited too long for the request.',
}
const STATUSES: Record<number, string> = { 403: 'AccessDenied', 412: 'PreconditionFailed' }

/** A refusal of the storage in its words and ours, for people. */
export function refusalMessage(answer: Pick<GuardedAnswer, 'status' | 'headers' | 'text'>): string {
  const { status } = answer
  const code = errorCode(answer)
  const hint = CODES[code ?? STATUSES[status] ?? '']
  if (!hint) return classifyRefusal(answer, { encryption: 'none' }).message
  return `HTTP ${status}${code ? ` ${code}` : ''}: ${hint}`
}
