import { env } from '@/env'
import { type Mail, parseMailAddress, toMailMessage } from './mail-message'
import type { MailCall, MailOutcome } from './mail-outcome'
import { sendByResend } from './send-by-resend'
import { sendBySmtp } from './send-by-smtp'
import { parseSmtpUrl } from './smtp-server'

const TIMEOUT_MS = 30_000
const LABEL = 'This Spoor’s mail server'

/** Whether the operator said how this instance sends letters. */
export const canSendMail = () => Boolean(env.mailFrom() && (env.smtpUrl() || env.resendApiKey()))

/**
 * Sends a letter of the instance's own: by the operator's SMTP server (SPOOR_SMTP_URL) or by Resend
 * (RESEND_API_KEY), from SPOOR_MAIL_FROM. Says what became of it; throws only on a bug, such as a recipient that is
 * not an address. The same `messageId` marks a repeat of the same letter.
 */
export async function sendMail(mail: Mail, call: Partial<MailCall> = {}): Promise<MailOutcome> {
  const { timeoutMs = TIMEOUT_MS, signal } = call
  const smtpUrl = env.smtpUrl()
  const apiKey = env.resendApiKey()
  const from = parseMailAddress(env.mailFrom() ?? '')
  if (!from || !(smtpUrl || apiKey)) {
    const message =
      'This Spoor sends no letters: its operator sets SPOOR_MAIL_FROM, and SPOOR_SMTP_URL or RESEND_API_KEY.'
    return { verdict: 'misconfigured', message, ms: 0 }
  }
  const message = toMailMessage(mail, from)
  if (smtpUrl) return sendBySmtp({ ...parseSmtpUrl(smtpUrl), label: LABEL }, message, { timeoutMs, signal })
  return sendByResend({ apiKey: apiKey ?? '' }, message, { timeoutMs, signal })
}
