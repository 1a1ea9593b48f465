import { env } from '@/env'
import type { Delivery, Tools } from '@/lib/delivery/destinations/contract'
import type { Outcome } from '@/lib/delivery/outcome'
import { writeLetter } from '@/lib/mail/letter'
import { type Mail, parseMailAddress, toMailMessage } from '@/lib/mail/mail-message'
import type { MailCall, MailOutcome } from '@/lib/mail/mail-outcome'
import { messageIdOf } from '@/lib/mail/message-id'
import { sendBySmtp } from '@/lib/mail/send-by-smtp'
import { sendMail } from '@/lib/mail/send-mail'
import type { EmailConfig } from './config'
import { countLetter, eventLetter } from './event-letter'
import { type emailFormatSchema, readNotes } from './format'

/** A second letter needs a moment of its own. */
const MIN_TIMEOUT_MS = 1_000

type Mailer = (mail: Mail, call: MailCall) => Promise<MailOutcome>

/** Where the letters are handed in, for people. */
export const mailServerOf = ({ server, hostname, port }: EmailConfig) =>
  server === 'own' ? `${hostname}:${port}` : 'this Spoor’s mail server'

function mailerOf(config: EmailConfig, { secrets }: Delivery, { connect }: Tools): Mailer {
  const { server, hostname = '', port = 0, tls = 'starttls', username, ca } = config
  const from = parseMailAddress(config.from ?? '')
  if (server === 'instance' || !from) return sendMail
  const auth = username ? { user: username, pass: secrets.password ?? '' } : undefined
  return (mail, call) =>
    sendBySmtp({ host: hostname, port, tls, ca, auth, connect }, toMailMessage(mail, from), call)
}

/** Sends one letter about the batch's events, and says what became of it. Throws only on a bug of ours. */
export async function sendEmail(
  config: EmailConfig,
  { tenant }: ReturnType<typeof emailFormatSchema.parse>,
  delivery: Delivery,
  tools: Tools,
): Promise<Outcome> {
  const started = performance.now()
  const { idempotencyKey, timeoutMs, signal } = delivery
  const notes = readNotes(delivery.body)
  const publicUrl = env.publicUrl()
  const place = { tenant, url: `${publicUrl}/${tenant}` }
  const send = mailerOf(config, delivery, tools)
  const letters = [eventLetter(notes, place), countLetter(notes, place)]
  let outcome: MailOutcome | undefined
  for (const letter of letters) {
    const left = Math.max(MIN_TIMEOUT_MS, timeoutMs - (performance.now() - started))
    const mail = {
      ...writeLetter(letter),
      to: config.to,
      subject: letter.title,
      messageId: messageIdOf(idempotencyKey),
      headers: {
        'List-Id': `<events.${tenant}.${new URL(publicUrl).hostname}>`,
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
