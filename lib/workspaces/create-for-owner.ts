import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { users } from '@/db/schema/tenants'
import { SYSTEM_PRINCIPALS } from '@/lib/access/scope-for-system'
import { scopeToRecord } from '@/lib/access/scope-to-record'
import { recordEvent } from '@/lib/audit/record-event'
import { hashPassword } from '@/lib/auth/password'
import { createSignInLink } from '@/lib/auth/sign-in-link'
import { AppError } from '@/lib/errors/app-error'
import type { CreateForOwner } from './input'
import { insertWorkspace, type Workspace } from './insert-workspace'

export type CreatedWorkspace = {
  workspace: Workspace
  owner: { email: string; isNew: boolean }
  /** One-time, 24 hours; null when the owner has a password. */
  signInUrl: string | null
}

/**
 * The operator makes a workspace for somebody, whose account is made too unless it exists. Throws `conflict`
 * when the slug is taken, when the account exists without the operator having said that it does, or when a
 * password was given for it.
 */
export async function createWorkspaceForOwner(input: CreateForOwner): Promise<CreatedWorkspace> {
  const { slug, name, ownerEmail, password, existingAccount } = input
  const passwordHash = password === undefined ? null : await hashPassword(password)
  return database('auth').transaction(async (tx) => {
    const userName = ownerEmail.split('@')[0] ?? ownerEmail
    const [made] = await tx
      .insert(users)
      .values({ id: randomUUID(), email: ownerEmail, name: userName, passwordHash })
      .onConflictDoNothing({ target: users.email })
      .returning({ id: users.id, passwordHash: users.passwordHash })
    if (!made && !existingAccount) throw accountExists(ownerEmail)
    if (!made && password !== undefined) {
      const message = `${ownerEmail} has an account already, whose password stays. Leave the password out.`
      throw new AppError('conflict', message)
    }
    const [known] = made
      ? [made]
      : await tx
          .select({ id: users.id, passwordHash: users.passwordHash })
          .from(users)
          .where(eq(users.email, ownerEmail))
    if (!known) throw new Error('an account that was there a moment ago is gone')
    const signInUrl = known.passwordHash === null ? await createSignInLink(tx, known.id) : null

    const workspace = await insertWorkspace(tx, { slug, name }, known.id)
    if (!workspace) throw new AppError('conflict', `The workspace ${slug} exists already.`)
    const scope = scopeToRecord(workspace, SYSTEM_PRINCIPALS.CLI, {}, 'CLI')
    await recordEvent(tx, scope, 'WORKSPACE_CREATED', {
      message: `Workspace ${name} was created`,
      targets: [{ type: 'workspace', name, id: workspace.id }],
    })
    await recordEvent(tx, scope, 'USER_ADDED', {
      message: `${ownerEmail} was added as owner`,
      targets: [{ type: 'user', name: ownerEmail, id: known.id }],
    })
    return { workspace, owner: { email: ownerEmail, isNew: made !== undefined }, signInUrl }
  })
}

/** Whoever signs up with an e-mail address isn't asked to prove that it is theirs. */
function accountExists(email: string): AppError {
  const message =
    `${email} has an account already. Signing up does not verify e-mail addresses, so it may be somebody ` +
    "else's: make sure that it is the owner's, then repeat this with --existing-account."
  return new AppError('conflict', message)
}
