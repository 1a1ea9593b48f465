import { createTransport } from 'nodemailer'
import { env } from '@/env'
import { guardedConnect } from '@/lib/http/guarded-socket'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { classifySmtpError } from './classify-smtp-error'
import type { MailMessage } from './mail-message'
import type { MailCall, MailOutcome } from './mail-outcome'
import { nameOfServer, type SmtpServer } from './smtp-server'

/** Connection and greeting; some servers greet late on purpose, to put off those who can't wait. */
const CONNECT_TIMEOUT_MS = 10_000
/** More than any server has to say to a command. */
const MAX_REPLY_BYTES = 64 * 1024

/**
 * One try to hand a letter to an SMTP server, over a connection of its own: the mailer's pool re-queues without bound,
 * and has no deadline. The server's words come whole, with whatever it repeats. Throws only on a bug.
 */
export async function trySmtp(
  server: SmtpServer,
  { from, to, messageId, headers, ...content }: MailMessage,
  { timeoutMs, signal }: MailCall,
): Promise<MailOutcome> {
  const started = performance.now()
  const ms = () => Math.round(performance.now() - started)
  const name = nameOfServer(server)
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), timeoutMs)
  const onAbort = () => stop.abort()
  signal?.addEventListener('abort', onAbort, { once: true })
  const transport = createTransport({ ...transportOptions(server), ...(server.connect && { getSocket }) })
  try {
    if (signal?.aborted) onAbort()
    const {
      rejected,
      rejectedErrors = [],
      response,
    } = await transport.sendMail({
      ...content,
      from,
      to,
      messageId,
      headers,
      envelope: { from: from.address, to },
      disableFileAccess: true,
      disableUrlAccess: true,
      signal: stop.signal,
    })
    const dropped = rejected.map((address, i) => ({
      address: String(address),
      answer: String(rejectedErrors[i]?.response ?? ''),
    }))
    const status = Number(response.slice(0, 3)) || undefined
    const message = `${name} took the letter.`
    return { verdict: 'sent', message, ...(status && { status }), answer: response, ms: ms(), dropped }
  } catch (error) {
    if (signal?.aborted)
      return { verdict: 'aborted', message: 'Spoor stopped before the letter was taken.', ms: ms() }
    if (!stop.signal.aborted) return classifySmtpError(error, name, ms())
    const message = `${name} had not taken the letter after ${Math.round(timeoutMs / 1000)} s.`
    return classifySmtpError(new OutgoingError('timeout', message), name, ms())
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
    transport.close()
  }

  function getSocket(_options: unknown, done: (error: Error | null, made?: object) => void) {
    const { host, port, tls, ca, connect = guardedConnect } = server
    connect({
      host,
      port,
      ...(tls === 'implicit' && { tls: { ...(ca && { ca }) } }),
      connectTimeoutMs: Math.min(CONNECT_TIMEOUT_MS, timeoutMs),
      signal: stop.signal,
    }).then((connection) => done(null, { connection, secured: tls === 'implicit' }), done)
  }
}

function transportOptions({ host, port, tls, ca, auth }: SmtpServer) {
  return {
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    tls: { minVersion: 'TLSv1.2' as const, ...(ca && { ca }) },
    // How we name ourselves to the server.
    name: new URL(env.publicUrl()).hostname,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketCloseTimeout: 0,
    maxResponseSize: MAX_REPLY_BYTES,
    ...(auth && { auth, forceAuth: true }),
  }
}
