import { env } from '@/env'
import type { Delivery, ShownMessage, Tools } from '@/lib/delivery/destinations/contract'
import { readDigest } from '@/lib/delivery/digest/digest'
import { placeOf } from '@/lib/delivery/digest/digest-links'
import type { Outcome } from '@/lib/delivery/outcome'
import { type Mail, parseMailAddress, toMailMessage, toSubject } from '@/lib/mail/mail-message'
import type { MailCall, MailOutcome } from '@/lib/mail/mail-outcome'
import { messageIdOf } from '@/lib/mail/message-id'
import { sendBySmtp } from '@/lib/mail/send-by-smtp'
import type { EmailConfig } from './config'
import { countLetter, eventLetter } from './event-letter'
import { fitLetter, type WrittenLetter } from './fit-letter'
import type { EmailFormat } from './format'

/** A second letter needs a moment of its own. */
const MIN_TIMEOUT_MS = 1_000

type Mailer = (mail: Mail, call: MailCall) => Promise<MailOutcome>

/** Where the letters are handed in, for people. */
export const mailServerOf = ({ server, hostname, port }: EmailConfig) =>
  server === 'own' ? `${hostname}:${port}` : 'this Spoor’s mail server'

function mailerOf(config: EmailConfig, { secrets, stream }: Delivery, { connect, mail }: Tools): Mailer {
  const { server, hostname = '', port = 0, tls = 'starttls', username, ca } = config
  const from = parseMailAddress(config.from ?? '')
  if (server === 'instance' || !from) return (letter, call) => mail(stream.tenantId, letter, call)
  const auth = username ? { user: username, pass: secrets.password ?? '' } : undefined
  return (letter, call) =>
    sendBySmtp({ host: hostname, port, tls, ca, auth, connect }, toMailMessage(letter, from), call)
}

/** The letter, and what is sent instead where a server refuses its words. */
function lettersFor(
  { tenant, rule }: EmailFormat,
  { body, stream }: Delivery,
): [WrittenLetter, WrittenLetter] {
  const digest = readDigest(body)
  const place = placeOf(tenant, stream)
  return [
    fitLetter((maxRows) => eventLetter(digest, place, rule, maxRows)),
    fitLetter(() => countLetter(digest, place)),
  ]
}

/** What the letter's readers will see. Pure. */
export function previewEmail(format: EmailFormat, delivery: Delivery): ShownMessage {
  const [{ subject, ...letter }] = lettersFor(format, delivery)
  return { subject: toSubject(subject), ...letter }
}

/** Sends one letter about the batch's events, and says what became of it. Throws only on a bug of ours. */
export async function sendEmail(
  config: EmailConfig,
  format: EmailFormat,
  delivery: Delivery,
  tools: Tools,
): Promise<Outcome> {
  const started = performance.now()
  const { idempotencyKey, timeoutMs, signal } = delivery
  const { hostname } = new URL(env.publicUrl())
  const send = mailerOf(config, delivery, tools)
  let outcome: MailOutcome | undefined
  for (const letter of lettersFor(format, delivery)) {
    const left = Math.max(MIN_TIMEOUT_MS, timeoutMs - (performance.now() - started))
    const mail = {
      ...letter,
      to: config.to,
      messageId: messageIdOf(idempotencyKey),
      headers: {
        'List-Id': `<events.${format.tenant}.${hostname}>`,
        'X-Spoor-Batch': idempotencyKey,
      },
    }
    outcome = await send(mail, { timeoutMs: left, signal })
    if (outcome.verdict !== 'rejected') break
  }
  const ms = Math.round(performance.now() - started)
  return toOutcome(outcome as MailOutcome, { ms, request: requestLine(config) })
}

function requestLine(config: EmailConfig): string {
  const people = config.to.length === 1 ? '1 recipient' : `${config.to.length} recipients`
  return `Letter to ${people} by ${mailServerOf(config)}`
}

type Sent = { ms: number; request: string }

/**
 * A letter without a word of the events that is refused all the same says nothing about the events, so like all else
 * that is not sent it holds the stream.
 */
function toOutcome(outcome: MailOutcome, { ms, request }: Sent): Outcome {
  const { message, status, answer } = outcome
  const told = {
    message,
    ms,
    request,
    ...(status && { status }),
    ...(answer && { answer }),
  }
  if (outcome.verdict === 'sent') return { ...told, verdict: 'delivered' }
  if (outcome.verdict === 'aborted') return { ...told, verdict: 'aborted' }
  const { retryAfterMs } = outcome.verdict === 'failed' ? outcome : {}
  return { ...told, verdict: 'failed', ...(retryAfterMs !== undefined && { retryAfterMs }) }
}
