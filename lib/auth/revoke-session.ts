import type { Client } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { endSessions } from './end-sessions'
import { listSessions } from './list-sessions'
import type { SignedIn } from './read-session'

/** Ends one of the person's sessions: its next request is signed out. Throws `not_found`. */
export async function revokeSession(person: SignedIn, { id }: { id: string }, client: Client): Promise<void> {
  const session = (await listSessions(person)).find((one) => one.id === id)
  if (!session) throw new AppError('not_found', 'This session has ended already.')
  await endSessions(person, [id], client, {
    code: 'SESSION_REVOKED',
    particulars: {
      message: `${person.email} ended a session`,
      targets: [{ type: 'session', id, ...(session.ip && { name: session.ip }) }],
    },
  })
}

/** Ends all sessions of the person but the one that asks; answers how many there were. */
export async function revokeOtherSessions(person: SignedIn, client: Client): Promise<number> {
  const ids = (await listSessions(person)).filter(({ isCurrent }) => !isCurrent).map(({ id }) => id)
  if (ids.length === 0) return 0
  await endSessions(person, ids, client, {
    code: 'SESSION_REVOKED',
    particulars: {
      message: `${person.email} ended ${ids.length} other ${ids.length === 1 ? 'session' : 'sessions'}`,
      // An event has 16 targets at the most; the count says how many sessions there were.
      targets: ids.slice(0, 16).map((id) => ({ type: 'session', id })),
      count: ids.length,
    },
  })
  return ids.length
}
