import { createHash } from 'node:crypto'
import { Resend } from 'resend'
import { readRetryAfterMs } from '@/lib/http/retry-after'
import { USER_AGENT } from '@/lib/http/user-agent'
import type { MailMessage } from './mail-message'
import type { MailCall, MailOutcome } from './mail-outcome'

/** Two letters with one key at a time, or a changed one under an old key, which is forgotten after a day. */
const KEY_CONFLICTS = new Set(['concurrent_idempotent_requests', 'invalid_idempotent_request'])

/** `baseUrl` only to reach another server in tests. */
export type ResendAccount = { apiKey: string; baseUrl?: string }

/** Resend takes keys of at most 256 signs. */
const MAX_NAME_LENGTH = 190

/** The same for each try of one letter; another one where recipients or words were changed meanwhile. */
function keyOf({ messageId, to, subject, text, html = '' }: MailMessage): string {
  const hash = createHash('sha256').update(JSON.stringify([to, subject, text, html]))
  return `${messageId.slice(1, -1).slice(0, MAX_NAME_LENGTH)}/${hash.digest('hex').slice(0, 32)}`
}

/** Hands one letter to Resend, under a key by which a repeat within a day is not sent again. */
export async function sendByResend(
  { apiKey, baseUrl }: ResendAccount,
  message: MailMessage,
  { timeoutMs, signal }: MailCall,
): Promise<MailOutcome> {
  const started = performance.now()
  const { from, to, subject, text, html, messageId, headers } = message
  const resend = new Resend(apiKey, { userAgent: USER_AGENT, ...(baseUrl && { baseUrl }) })
  const deadline = AbortSignal.timeout(timeoutMs)
  const told = () => ({ ms: Math.round(performance.now() - started) })
  // The package gives some errors back and throws others, of one and the same stop.
  const stopped = (): MailOutcome | undefined => {
    if (signal?.aborted)
      return { ...told(), verdict: 'aborted', message: 'Spoor stopped before the letter was taken.' }
    if (!deadline.aborted) return undefined
    const message = `Resend had not taken the letter after ${Math.round(timeoutMs / 1000)} s.`
    return { ...told(), verdict: 'failed', message }
  }
  try {
    const answer = await resend.emails.send(
      {
        from: from.name ? `${JSON.stringify(from.name)} <${from.address}>` : from.address,
        to,
        subject,
        text,
        ...(html && { html }),
        headers: { ...headers, 'Message-ID': messageId },
      },
      {
        idempotencyKey: keyOf(message),
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      },
    )
    if (answer.error) return stopped() ?? { ...told(), ...judge(answer.error, answer.headers ?? {}) }
    return {
      ...told(),
      verdict: 'sent',
      message: 'Resend took the letter.',
      answer: answer.data.id,
      dropped: [],
    }
  } catch (error) {
    const outcome = stopped()
    if (outcome) return outcome
    throw error
  }
}

type ResendError = { message: string; statusCode: number | null; name: string }

function judge({ name, message: answer, statusCode }: ResendError, headers: Record<string, string>) {
  const told = { ...(statusCode && { status: statusCode }), answer }
  if (statusCode === null || statusCode >= 500)
    return { ...told, verdict: 'failed' as const, message: 'Resend is not reachable or out of order.' }
  if (statusCode === 429 || KEY_CONFLICTS.has(name)) {
    const retryAfterMs = readRetryAfterMs(headers)
    const message = 'Resend asks to come back later.'
    return {
      ...told,
      verdict: 'failed' as const,
      message,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    }
  }
  const message = `Resend does not take the letter (${statusCode}). Check its API key, and whether it knows the sender.`
  return { ...told, verdict: 'misconfigured' as const, message }
}
