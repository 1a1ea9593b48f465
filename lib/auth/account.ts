import { asc, eq, type SQL } from 'drizzle-orm'
import { database } from '@/db/client'
import { members, tenants, users } from '@/db/schema/tenants'
import type { Workspace } from '@/lib/workspaces/insert-workspace'

/** A person with their workspaces, in the order of the workspaces' ids. */
export type Account = {
  id: string
  email: string
  name: string
  passwordHash: string | null
  workspaces: Workspace[]
}

/** The account of an e-mail address in lower case. */
export function findAccountByEmail(email: string): Promise<Account | undefined> {
  return findAccount(eq(users.email, email))
}

export function findAccountById(id: string): Promise<Account | undefined> {
  return findAccount(eq(users.id, id))
}

/** One query whether the account exists or not, so that the answer's time doesn't tell. */
async function findAccount(isIt: SQL): Promise<Account | undefined> {
  const rows = await database('auth')
    .select({
      user: { id: users.id, email: users.email, name: users.name, passwordHash: users.passwordHash },
      workspace: { id: tenants.id, slug: tenants.slug, name: tenants.name },
    })
    .from(users)
    .leftJoin(members, eq(members.userId, users.id))
    .leftJoin(tenants, eq(tenants.id, members.tenantId))
    .where(isIt)
    .orderBy(asc(tenants.id))
  const [first] = rows
  return first && { ...first.user, workspaces: rows.flatMap(({ workspace }) => workspace ?? []) }
}
