import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { sessions } from '@/db/schema/sessions'
import type { SignedIn } from './read-session'

export type ListedSession = {
  id: string
  isCurrent: boolean
  createdAt: Date
  /** To the minute. */
  lastSeenAt: Date
  expiresAt: Date
  /** Where the session was opened from. */
  ip: string | null
  userAgent: string | null
}

/** The person's own sessions that are alive: this one first, then by when they were last seen. */
export async function listSessions(person: SignedIn): Promise<ListedSession[]> {
  const rows = await database('auth')
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
      ip: sessions.ip,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .where(
      and(eq(sessions.userId, person.userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, sql`now()`)),
    )
    .orderBy(desc(sql`${sessions.id} = ${person.sessionId}`), desc(sessions.lastSeenAt), desc(sessions.id))
  return rows.map((row) => ({ ...row, isCurrent: row.id === person.sessionId }))
}
