import { randomUUID } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { env } from '@/env'
import type { Client, TenantScope } from '@/lib/access/scope'
import { scopeForMember } from '@/lib/access/scope-for-member'
import { readSession, type SignedIn } from '@/lib/auth/read-session'
import { sessionCookie } from '@/lib/auth/session-cookie'
import { signIn } from '@/lib/auth/sign-in'
import { signUp } from '@/lib/auth/sign-up'
import type { Workspace } from '@/lib/workspaces/insert-workspace'

export const PASSWORD = 'a long enough password'

/** An address of its own for each test, so that limits by address don't meet. */
export function newClient(): Client {
  const part = () => 1 + Math.floor(Math.random() * 254)
  return { ip: `203.${part()}.${part()}.${part()}`, userAgent: 'Test/1.0' }
}

export type Person = { email: string; userId: string; workspace: Workspace; client: Client }

export async function signUpSomebody(): Promise<Person> {
  const tag = randomUUID().slice(0, 8)
  const client = newClient()
  const signedUp = await signUp(
    {
      name: `Person ${tag}`,
      email: `${tag}@example.com`,
      password: PASSWORD,
      workspaceName: `Workspace ${tag}`,
      slug: `w-${tag}`,
    },
    client,
  )
  return { email: signedUp.email, userId: signedUp.userId, workspace: signedUp.workspace, client }
}

/** The headers that a browser with the session's cookie sends. */
export async function headersOfSession(sessionId: string): Promise<Headers> {
  const { name } = sessionCookie()
  const token = await encode({ token: { sid: sessionId }, secret: env.authSecret(), salt: name })
  return new Headers({ cookie: `${name}=${token}` })
}

export async function signInAs(person: Person): Promise<SignedIn> {
  const { sessionId } = await signIn({ email: person.email, password: PASSWORD }, person.client)
  const session = await readSession(await headersOfSession(sessionId))
  if (!session) throw new Error('a session that was just opened is not alive')
  return session
}

/** A new person's scope in their new workspace. */
export async function newMemberScope(): Promise<TenantScope> {
  const person = await signUpSomebody()
  return scopeForMember(await signInAs(person), person.workspace.slug, person.client)
}
