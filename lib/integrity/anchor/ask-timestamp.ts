import type { SendRequest } from '@/lib/http/guarded-request'
import { USER_AGENT } from '@/lib/http/user-agent'
import { hashSignedText } from './anchor-entry'
import { PeerError } from './peer-error'
import { timestampRequest } from './timestamp-request'
import { readTimestampResponse, TimestampError } from './timestamp-response'

const TIMEOUT_MS = 15_000
/** With a chain of certificates a time stamp has some 6 KiB. */
const MAX_RESPONSE_BYTES = 64 * 1024

export type TimestampQuestion = { url: string; note: string; owner: string; signal: AbortSignal }

/** `response` is the DER of the TimeStampResp, `time` the authority's, RFC 3339 UTC. */
export type Timestamp = { response: Buffer; time: string }

/**
 * Asks a time-stamp authority (RFC 3161 over HTTP, section 3.4) for a stamp over the signed text of a checkpoint.
 * Throws `PeerError` for what it refuses, and `OutgoingError`.
 */
export async function askTimestamp(
  { url, note, owner, signal }: TimestampQuestion,
  request: SendRequest,
): Promise<Timestamp> {
  const asked = timestampRequest(hashSignedText(note))
  const { status, bytes, truncated } = await request({
    url,
    headers: { 'content-type': 'application/timestamp-query', 'user-agent': USER_AGENT },
    body: asked.der,
    owner,
    timeoutMs: TIMEOUT_MS,
    keptBytes: MAX_RESPONSE_BYTES,
    signal,
  })
  if (status !== 200)
    throw new PeerError(
      `The authority answered HTTP ${status}. Check that the URL is that of a time-stamp authority.`,
    )
  if (truncated) throw new PeerError('The answer of the authority is above 64 KiB.')
  try {
    return { response: bytes, time: readTimestampResponse(bytes, asked) }
  } catch (error) {
    if (!(error instanceof TimestampError)) throw error
    throw new PeerError(error.message, { cause: error })
  }
}
