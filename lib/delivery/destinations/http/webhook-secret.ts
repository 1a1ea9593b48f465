import { createHmac } from 'node:crypto'
import { z } from 'zod'

/** A receiver that checks signatures has a day to be told the new secret. */
export const ROTATION_MS = 24 * 3_600_000

const PREFIX = 'whsec_'
/** Standard Webhooks 1.0.0: between 24 and 64 random bytes. */
const MIN_BYTES = 24
const MAX_BYTES = 64

export const HOW_TO_MAKE =
  'Make one with: printf whsec_; openssl rand -base64 32. Give the same to the receiver.'

/** The bytes that sign, or undefined where the text holds none. */
function keyOf(secret: string): Buffer | undefined {
  if (!secret.startsWith(PREFIX)) return undefined
  const text = secret.slice(PREFIX.length)
  const key = Buffer.from(text, 'base64')
  const isBase64 = key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '')
  return isBase64 && key.length >= MIN_BYTES && key.length <= MAX_BYTES ? key : undefined
}

/** `whsec_` and base64, as the specification writes a symmetric secret. */
export const signingSecretInput = z
  .string()
  .trim()
  .refine(
    (secret) => keyOf(secret) !== undefined,
    `A signing secret is whsec_ and ${MIN_BYTES} to ${MAX_BYTES} random bytes in base64. ${HOW_TO_MAKE}`,
  )
  .optional()

type Message = { id: string; timestamp: number; body: Uint8Array }

/** One signature of a message, `v1,…`. */
function sign({ id, timestamp, body }: Message, secret: string): string {
  const key = keyOf(secret)
  if (!key) throw new Error('A stored signing secret is none.')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`
}

/**
 * The headers of Standard Webhooks 1.0.0 for the uncompressed `body`, signed with each of the secrets. `id` stays
 * the same over all tries; the timestamp is that of this one, in seconds of the epoch.
 */
export function webhookHeaders(
  id: string,
  body: Uint8Array,
  secrets: readonly string[],
  now = Date.now(),
): Record<string, string> {
  const timestamp = Math.floor(now / 1000)
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets.map((secret) => sign({ id, timestamp, body }, secret)).join(' '),
  }
}
