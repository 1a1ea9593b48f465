import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { sessions } from '@/db/schema/sessions'
import type { Client } from '@/lib/access/scope'
import type { OwnCodeName } from '@/lib/catalog/own-codes'
import { AppError } from '@/lib/errors/app-error'
import { type Account, findAccountByEmail } from './account'
import type { SignIn } from './input'
import { verifyPassword } from './password'
import { recordForPerson } from './record-for-person'
import { SESSION_DAYS } from './session-cookie'
import { startTry } from './sign-in-limit'
import { tooManyTries } from './try-limit'

export type NewSession = { sessionId: string; userId: string }

/**
 * Checks e-mail address and password and opens a session. Throws `unauthenticated`, in the same words and after
 * the same work for an unknown account as for a wrong password, and `rate_limited` after too many failures.
 * Every outcome is an event in each workspace of the person, or of the instance when nobody is known.
 */
export async function signIn({ email, password }: SignIn, client: Client): Promise<NewSession> {
  const account = await findAccountByEmail(email)
  const attempt = startTry(email, client.ip)
  if (!attempt.allowed) {
    if (attempt.report > 0)
      await recordFailure('USER_AUTH_FAILED_LOCKED', email, account, client, attempt.report)
    throw tooManyTries('failed sign-ins', attempt.retryAfterSeconds)
  }
  if (!(await verifyPassword(account?.passwordHash ?? null, password)) || !account) {
    const code = account ? 'USER_AUTH_FAILED_WRONG_PASSWORD' : 'USER_AUTH_FAILED_UNKNOWN_USER'
    await recordFailure(code, email, account, client)
    throw new AppError('unauthenticated', 'E-mail address or password is wrong.')
  }
  attempt.succeed()
  return openSession(account, client)
}

async function openSession(account: Account, client: Client): Promise<NewSession> {
  const sessionId = randomUUID()
  const principal = {
    kind: 'user',
    id: account.id,
    login: account.email,
    name: account.name,
    sessionId,
  } as const
  const message = `${account.email} signed in`
  await recordForPerson(
    { workspaces: account.workspaces, principal, client, code: 'USER_LOGGED_IN', particulars: { message } },
    (tx) =>
      tx.insert(sessions).values({
        id: sessionId,
        userId: account.id,
        expiresAt: sql`now() + make_interval(days => ${SESSION_DAYS})`,
        ip: client.ip ?? null,
        userAgent: client.userAgent ?? null,
      }),
  )
  return { sessionId, userId: account.id }
}

/** The attempted e-mail address is the login of the event; who really tried isn't known. */
async function recordFailure(
  code: OwnCodeName,
  email: string,
  account: Account | undefined,
  client: Client,
  count?: number,
): Promise<void> {
  await recordForPerson(
    {
      workspaces: account?.workspaces ?? [],
      principal: {
        kind: 'user',
        id: account?.id ?? '',
        login: email,
        ...(account && { name: account.name }),
      },
      client,
      code,
      particulars: { message: `Sign-in as ${email} failed`, ...(count !== undefined && { count }) },
    },
    async () => {},
  )
}
