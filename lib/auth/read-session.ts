import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { getToken } from 'next-auth/jwt'
import { database } from '@/db/client'
import { sessions } from '@/db/schema/sessions'
import { users } from '@/db/schema/tenants'
import { env } from '@/env'
import type { SessionUser } from '@/lib/access/scope-for-member'
import { sessionCookie } from './session-cookie'

export type SignedIn = SessionUser

/** More often than that, "last seen" isn't written. */
const LAST_SEEN_STEP_MS = 60_000

/**
 * Who sent a request, by the cookie in its headers. The session's row decides every time: null once it was
 * revoked or has expired.
 */
export async function readSession(headers: Headers): Promise<SignedIn | null> {
  const sessionId = await readSessionId(headers)
  return sessionId === null ? null : checkSession(sessionId)
}

async function readSessionId(headers: Headers): Promise<string | null> {
  const cookie = headers.get('cookie')
  if (!cookie) return null
  const { name, isSecure } = sessionCookie()
  const payload = await getToken({
    req: { headers: { cookie } },
    secret: env.authSecret(),
    cookieName: name,
    secureCookie: isSecure,
  })
  const id = payload?.sid
  return typeof id === 'string' ? id : null
}

async function checkSession(sessionId: string): Promise<SignedIn | null> {
  const [found] = await database('auth')
    .select({ userId: users.id, email: users.email, name: users.name, lastSeenAt: sessions.lastSeenAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt), gt(sessions.expiresAt, sql`now()`)))
  if (!found) return null
  const { lastSeenAt, ...user } = found
  if (Date.now() - lastSeenAt.getTime() > LAST_SEEN_STEP_MS) {
    await database('auth').update(sessions).set({ lastSeenAt: sql`now()` }).where(eq(sessions.id, sessionId))
  }
  return { sessionId, ...user }
}
