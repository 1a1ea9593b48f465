import type { Connect } from '@/lib/http/guarded-socket'

/** `implicit`: TLS from the first byte. `starttls`: required. `opportunistic`: where the server offers it. */
export const SMTP_TLS_MODES = ['implicit', 'starttls', 'opportunistic', 'none'] as const
export type SmtpTlsMode = (typeof SMTP_TLS_MODES)[number]

/** A server that takes letters on. */
export type SmtpServer = {
  host: string
  port: number
  tls: SmtpTlsMode
  /** PEM; the system's authorities unless given. */
  ca?: string | undefined
  auth?: { user: string; pass: string } | undefined
  /** Opens the connection where a tenant named the server; the operator's own is reached directly. */
  connect?: Connect
  /** What people read instead of host and port, which are nobody's business but the operator's. */
  label?: string
}

/** How people are told of a server. */
export const nameOfServer = ({ host, port, label }: SmtpServer) => label ?? `${host}:${port}`

/**
 * The operator's server: `smtp://user:password@host:587` with STARTTLS, which a password requires unless
 * `?tls=off`, or `smtps://…` with TLS from the start. Throws if it is no such URL, without repeating the password.
 */
export function parseSmtpUrl(text: string): SmtpServer {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url?.hostname || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:'))
    throw new Error('SPOOR_SMTP_URL must be like smtp://user:password@mail.example.com:587 or smtps://….')
  const isImplicit = url.protocol === 'smtps:'
  const isOff = url.searchParams.get('tls') === 'off'
  const user = decodeURIComponent(url.username)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (isImplicit ? 465 : user ? 587 : 25),
    tls: isImplicit ? 'implicit' : isOff ? 'none' : user ? 'starttls' : 'opportunistic',
    ...(user && { auth: { user, pass: decodeURIComponent(url.password) } }),
  }
}
