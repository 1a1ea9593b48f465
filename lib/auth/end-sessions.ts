import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { sessions } from '@/db/schema/sessions'
import type { Client } from '@/lib/access/scope'
import type { OwnCodeName } from '@/lib/catalog/own-codes'
import type { EventInput } from '@/lib/event/event-input'
import { findAccountById } from './account'
import type { SignedIn } from './read-session'
import { recordForPerson } from './record-for-person'

/** Ends sessions of the person, with the event that tells of it in each of their workspaces. */
export async function endSessions(
  person: SignedIn,
  sessionIds: string[],
  client: Client,
  {
    code,
    particulars,
  }: { code: OwnCodeName; particulars: Pick<EventInput, 'message' | 'targets' | 'count'> },
): Promise<void> {
  const account = await findAccountById(person.userId)
  const { sessionId, userId, email, name } = person
  const principal = { kind: 'user', id: userId, login: email, name, sessionId } as const
  await recordForPerson(
    { workspaces: account?.workspaces ?? [], principal, client, code, particulars },
    (tx) =>
      tx
        .update(sessions)
        .set({ revokedAt: sql`now()` })
        .where(
          and(eq(sessions.userId, userId), inArray(sessions.id, sessionIds), isNull(sessions.revokedAt)),
        ),
  )
}
