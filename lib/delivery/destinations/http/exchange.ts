import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Call, Delivery, Secrets, Tools } from '@/lib/delivery/destinations/contract'
import type { Outcome } from '@/lib/delivery/outcome'
import type { GuardedAnswer } from '@/lib/http/guarded-request'
import { hideSecrets } from '@/lib/http/hide-secrets'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { shortenUrl } from '@/lib/http/shorten-url'
import { USER_AGENT } from '@/lib/http/user-agent'
import type { Judge } from './judge-status'
import { classifyError, toOutcome } from './outcome'

const compress = promisify(gzip)

export type Question = {
  url: string
  method?: 'GET' | 'POST'
  headers: Readonly<Record<string, string>>
  body?: Uint8Array
  /** Whether the body goes compressed. Hashes and signatures are always of the uncompressed one. */
  gzip?: boolean
  ca?: string | undefined
  keptBytes?: number
}

/** With an answer comes what it means by its status; without one, only why there is none. */
export type Exchange = { answer?: GuardedAnswer; outcome: Outcome }

/**
 * Asks a receiver and says what became of it. Neither outcome nor answer repeat a secret of the call, nor what
 * of the URL may be one. Throws only on a bug of ours.
 */
export async function exchange(
  { url, method = 'POST', headers, body, gzip: isCompressed = false, ca, keptBytes }: Question,
  { secrets, owner, timeoutMs, signal }: Call,
  { request }: Pick<Tools, 'request'>,
  judge: Judge,
): Promise<Exchange> {
  const started = performance.now()
  const sent = body && isCompressed ? await compress(body) : body
  const told = { request: requestLine(method, url, body?.byteLength, isCompressed && sent?.byteLength) }
  const hidden = { url, secrets: secretTexts(secrets) }
  try {
    const answer = await request({
      url,
      method,
      headers: {
        'user-agent': USER_AGENT,
        ...headers,
        ...(isCompressed && sent && { 'content-encoding': 'gzip' }),
      },
      owner,
      timeoutMs,
      ...(sent && { body: sent }),
      ...(ca && { ca }),
      ...(keptBytes && { keptBytes }),
      ...(signal && { signal }),
    })
    const safe = { ...answer, text: hideSecrets(answer.text, hidden, answer.truncated) }
    return { answer: safe, outcome: { ...toOutcome(safe, judge(answer)), ...told } }
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error
    const ms = Math.round(performance.now() - started)
    const safe = new OutgoingError(error.reason, hideSecrets(error.message, hidden))
    return { outcome: { ...classifyError(safe, ms), ...told } }
  }
}

/** What comes with every batch, so that its receiver can tell a repetition, and check what it got. */
export function batchHeaders({
  idempotencyKey,
  checkpoint,
}: Pick<Delivery, 'idempotencyKey' | 'checkpoint'>): Record<string, string> {
  return {
    'idempotency-key': idempotencyKey,
    // A note has several lines, and a header has one.
    ...(checkpoint && { 'spoor-checkpoint': Buffer.from(checkpoint).toString('base64') }),
  }
}

/** A header's short value, such as `eu`, is a word and no key. */
const MIN_HEADER_SECRET_LENGTH = 6

const secretTexts = (secrets: Secrets) =>
  Object.entries(secrets)
    .filter(([name, { length }]) => !name.startsWith('header ') || length >= MIN_HEADER_SECRET_LENGTH)
    .map(([, value]) => value)

const formatBytes = (bytes: number) => (bytes < 1_000 ? `${bytes} B` : `${Math.round(bytes / 1_000)} kB`)

/** `POST https://logs.example.com/… 412 kB, 38 kB as gzip`: what was asked, without what may be a key. */
function requestLine(method: string, url: string, bytes?: number, compressedBytes?: number | false): string {
  const size = bytes === undefined ? '' : ` ${formatBytes(bytes)}`
  const compressed = compressedBytes ? `, ${formatBytes(compressedBytes)} as gzip` : ''
  return `${method} ${shortenUrl(url)}${size}${compressed}`
}
