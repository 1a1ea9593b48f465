import { eq } from 'drizzle-orm'
import { users } from '@/db/schema/tenants'
import type { Client } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { type Account, findAccountById } from './account'
import type { RedeemLink } from './input'
import { hashPassword } from './password'
import { recordForPerson } from './record-for-person'
import { startTry } from './sign-in-limit'
import { findSignInLink, isLinkSecret, spendSignInLink } from './sign-in-link'
import { tooManyTries } from './try-limit'

/**
 * Whose account a one-time link opens, without using it up: mail scanners follow links too. `secret` is as the
 * client sent it. A link that was used, has expired or never was is a failed sign-in: `not_found`, and an event.
 */
export async function openLink(secret: unknown, client: Client): Promise<Account> {
  return (await checkLink(secret, client)).account
}

/**
 * Sets the password of the link's account and uses the link up, with an event in each workspace of the person;
 * the caller signs in with that password then. Throws like `openLink`.
 */
export async function redeemLink(
  claimed: unknown,
  { password }: RedeemLink,
  client: Client,
): Promise<{ email: string }> {
  const { secret, account } = await checkLink(claimed, client)
  const { id, email, name, workspaces } = account
  const passwordHash = await hashPassword(password)
  const particulars = {
    message: `${email} chose a password through a one-time link`,
    targets: [{ type: 'user', name: email, id }],
  }
  const principal = { kind: 'user', id, login: email, name } as const
  const spent = spentLink()
  try {
    await recordForPerson(
      { workspaces, principal, client, code: 'USER_PASSWORD_SET', particulars },
      async (tx) => {
        // In their other workspaces the event stands already: there the failure's event, below, corrects it.
        if (!(await spendSignInLink(tx, secret, id))) throw spent
        await tx.update(users).set({ passwordHash }).where(eq(users.id, id))
      },
    )
  } catch (error) {
    if (error === spent) await recordLinkFailure(account, client)
    throw error
  }
  return { email }
}

async function checkLink(claimed: unknown, client: Client): Promise<{ secret: string; account: Account }> {
  const attempt = startTry('one-time link', client.ip)
  if (!attempt.allowed) throw tooManyTries('failed sign-ins', attempt.retryAfterSeconds)
  const secret = isLinkSecret(claimed) ? claimed : undefined
  const link = secret === undefined ? undefined : await findSignInLink(secret)
  const account = link && (await findAccountById(link.userId))
  if (secret === undefined || !link?.isUsable || !account) {
    await recordLinkFailure(account, client)
    throw spentLink()
  }
  attempt.succeed()
  return { secret, account }
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
