import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { database, type Transaction } from '@/db/client'
import { tenants, users } from '@/db/schema/tenants'
import type { Client } from '@/lib/access/scope'
import { scopeToRecord } from '@/lib/access/scope-to-record'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError, type Violation } from '@/lib/errors/app-error'
import { insertWorkspace, type Workspace } from '@/lib/workspaces/insert-workspace'
import type { SignUp } from './input'
import { hashPassword } from './password'
import { startSignUp } from './sign-up-limit'
import { tooManyTries } from './try-limit'

export type SignedUp = { userId: string; email: string; workspace: Workspace }

/**
 * Makes a person's account and their workspace, of which they are the owner. Throws `conflict` with the field
 * when somebody has the e-mail address or the workspace's address already, and `rate_limited` after too many
 * sign-ups from the client's network.
 */
export async function signUp(input: SignUp, client: Client): Promise<SignedUp> {
  const attempt = startSignUp(client.ip)
  if (!attempt.allowed) throw tooManyTries('sign-ups from your network', attempt.retryAfterSeconds)
  const passwordHash = await hashPassword(input.password)
  return database('auth').transaction(async (tx) => {
    const { name, email, slug } = input
    const [user] = await tx
      .insert(users)
      .values({ id: randomUUID(), email, name, passwordHash })
      .onConflictDoNothing({ target: users.email })
      .returning({ id: users.id })
    if (!user) throw conflict([EMAIL_TAKEN, ...((await isTaken(tx, slug)) ? [SLUG_TAKEN] : [])])
    const workspace = await insertWorkspace(tx, { slug, name: input.workspaceName }, user.id)
    if (!workspace) throw conflict([SLUG_TAKEN])

    const scope = scopeToRecord(workspace, { kind: 'user', id: user.id, login: email, name }, client)
    await recordEvent(tx, scope, 'WORKSPACE_CREATED', {
      message: `Workspace ${workspace.name} was created`,
      targets: [{ type: 'workspace', name: workspace.name, id: workspace.id }],
    })
    await recordEvent(tx, scope, 'USER_SIGNED_UP', {
      message: `${email} signed up`,
      targets: [{ type: 'user', name: email, id: user.id }],
    })
    return { userId: user.id, email, workspace }
  })
}

// Says that the address is known, because a form that doesn't leaves the person without a way on.
const EMAIL_TAKEN: Violation = {
  pointer: '/email',
  code: 'taken',
  detail: 'An account with this e-mail address exists. Sign in instead.',
}

const SLUG_TAKEN: Violation = {
  pointer: '/slug',
  code: 'taken',
  detail: 'This address is taken. Choose another.',
}

function conflict(violations: Violation[]): AppError {
  return new AppError('conflict', 'Please check the marked fields.', { violations })
}

async function isTaken(tx: Transaction, slug: string): Promise<boolean> {
  const [found] = await tx.select({ id: tenants.id }).from(tenants).where(eq(tenants.slug, slug))
  return found !== undefined
}
