import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { users } from '@/db/schema/tenants'
import type { Client } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { type Account, findAccountById } from './account'
import type { RedeemLink } from './input'
import { hashPassword } from './password'
import { recordForPerson } from './record-for-person'
import { tooManyTries } from './sign-in'
import { startTry } from './sign-in-limit'
import { findSignInLink, spendSignInLink } from './sign-in-link'

/**
 * Whose account a one-time link opens, without using it up: mail scanners follow links too. A link that was
 * used, has expired or never was is a failed sign-in: `not_found`, and an event.
 */
export async function openLink(secret: string, client: Client): Promise<Account> {
  const attempt = startTry('one-time link', client.ip)
  if (!attempt.allowed) throw tooManyTries(attempt.retryAfterSeconds)
  const link = await findSignInLink(secret)
  const account = link && (await findAccountById(link.userId))
  if (!link?.isUsable || !account) {
    await recordLinkFailure(account, client)
    throw spentLink()
  }
  attempt.succeed()
  return account
}

/** Sets the password of the link's account and uses the link up; the caller signs in with that password then. */
export async function redeemLink(
  secret: string,
  { password }: RedeemLink,
  client: Client,
): Promise<{ email: string }> {
  const account = await openLink(secret, client)
  const passwordHash = await hashPassword(password)
  const isFirst = await database('auth').transaction(async (tx) => {
    if (!(await spendSignInLink(tx, secret, account.id))) return false
    await tx.update(users).set({ passwordHash }).where(eq(users.id, account.id))
    return true
  })
  if (!isFirst) {
    await recordLinkFailure(account, client)
    throw spentLink()
  }
  return { email: account.email }
}

function spentLink(): AppError {
  return new AppError('not_found', 'This link was used already or has expired. Ask for another one.')
}

async function recordLinkFailure(account: Account | undefined, client: Client): Promise<void> {
  const login = account?.email ?? 'unknown'
  await recordForPerson(
    {
      workspaces: account?.workspaces ?? [],
      principal: { kind: 'user', id: account?.id ?? '', login, ...(account && { name: account.name }) },
      client,
      code: 'USER_AUTH_FAILED_LINK',
      particulars: { message: `A one-time sign-in link of ${login} was used or expired` },
    },
    async () => {},
  )
}
