import { env } from '@/env'

/** A session ends after so many days whatever happens. */
export const SESSION_DAYS = 30

/**
 * The cookie that carries the id of a session, encrypted. Browsers keep cookies by host, not by port: the port
 * in its name lets several instances on one machine each keep their own.
 */
export function sessionCookie() {
  const { protocol, port } = new URL(env.publicUrl())
  const isSecure = protocol === 'https:'
  return {
    name: `${isSecure ? '__Host-' : ''}spoor.session${port && `.${port}`}`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure },
    isSecure,
    maxAgeSeconds: SESSION_DAYS * 24 * 60 * 60,
  } as const
}
