import type { Client } from '@/lib/access/scope'
import { endSessions } from './end-sessions'
import type { SignedIn } from './read-session'

/** Ends the person's own session. */
export async function signOut(person: SignedIn, client: Client): Promise<void> {
  await endSessions(person, [person.sessionId], client, {
    code: 'USER_LOGGED_OUT',
    particulars: { message: `${person.email} signed out` },
  })
}
