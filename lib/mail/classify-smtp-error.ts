import { OutgoingError } from '@/lib/http/outgoing-error'
import type { MailOutcome } from './mail-outcome'

/** What the mailer adds to an error of its own. */
type SmtpError = Error & {
  code?: unknown
  originalCode?: unknown
  responseCode?: unknown
  response?: unknown
  command?: unknown
}

/** Servers that ask for patience, greylisting among them, mostly want a minute to some minutes. */
const PATIENCE_MS = 60_000
const PATIENCE_CODES = new Set([421, 450, 451, 452, 454])
const TLS_CODES = /^(CERT_|ERR_TLS|ERR_SSL|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ETLS)/

const MAYBE_ARRIVED =
  'If the letter had arrived before, it comes again with the same Message-ID, so that it can be recognised.'

/** What a failed try means, by the server's reply (RFC 5321, section 4.2.1) and by when it came. Pure. */
export function classifySmtpError(given: unknown, server: string, ms: number): MailOutcome {
  const error = given as SmtpError
  if (error instanceof OutgoingError) return classifyOutgoing(error, ms)
  const status = typeof error.responseCode === 'number' ? error.responseCode : undefined
  const answer = typeof error.response === 'string' ? error.response : undefined
  const told = { ms, ...(status && { status }), ...(answer && { answer }) }
  const reply = status ? ` (${status})` : ''
  if (status !== undefined && status < 500) {
    const message = `${server} asks to come back later${reply}.`
    return {
      ...told,
      verdict: 'failed',
      message,
      ...(PATIENCE_CODES.has(status) && { retryAfterMs: PATIENCE_MS }),
    }
  }
  const misconfigured = (message: string) => ({ ...told, verdict: 'misconfigured' as const, message })
  if (error.code === 'EAUTH' || error.code === 'ENOAUTH')
    return misconfigured(`${server} does not take the user name and password${reply}.`)
  if (TLS_CODES.test(String(error.originalCode ?? error.code)) || error.code === 'ETLS')
    return misconfigured(
      `The TLS certificate or handshake of ${server} failed (${String(error.originalCode ?? error.code)}). Check the TLS setting, the name and who signed the certificate.`,
    )
  // At MAIL FROM, 552 answers the size that was announced (RFC 1870).
  if (error.code === 'EMESSAGE' || (status === 552 && error.command === 'MAIL FROM'))
    return { ...told, verdict: 'rejected', message: `${server} refuses this letter${reply}.` }
  if (status === undefined) {
    const code = String(error.originalCode ?? error.code ?? error.name)
    return {
      ...told,
      verdict: 'failed',
      message: `The connection to ${server} failed (${code}). ${MAYBE_ARRIVED}`,
    }
  }
  if (status === 530)
    return misconfigured(`${server} wants a user name and password, or TLS, before it takes letters${reply}.`)
  if (error.command === 'RCPT TO')
    return { ...misconfigured(`${server} takes none of the recipients${reply}.`), hasRefusedPeople: true }
  if (error.command === 'MAIL FROM')
    return misconfigured(`${server} does not take letters from this sender${reply}.`)
  return misconfigured(`${server} does not take letters from us${reply}.`)
}

function classifyOutgoing({ reason, message }: OutgoingError, ms: number): MailOutcome {
  if (reason === 'aborted') return { verdict: 'aborted', message, ms }
  if (reason === 'forbidden_target' || reason === 'tls') return { verdict: 'misconfigured', message, ms }
  return { verdict: 'failed', message, ms }
}
