import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForMember } from '@/lib/access/scope-for-member'
import { readSession, type SignedIn } from '@/lib/auth/read-session'
import { AppError } from '@/lib/errors/app-error'
import { isStorableText } from '@/lib/errors/parse-input'
import { clientOf } from '@/lib/http/peer-address'

/** Who sent this request; null when signed out, or when the session was revoked or has expired. */
export const currentSession = cache(async (): Promise<SignedIn | null> => readSession(await headers()))

/** Like `currentSession`, but sends who is signed out to the sign-in page, and from there back to `path`. */
export async function requireSession(path: string): Promise<SignedIn> {
  const session = await currentSession()
  return session ?? redirect(`/sign-in?next=${encodeURIComponent(path)}`)
}

/**
 * The scope of this request in the workspace of that name. Signed out: on to the sign-in page, and back to
 * `path` after it. Not a member, or no such workspace: 404.
 */
export async function requireMember(slug: string, path = `/${slug}`): Promise<TenantScope> {
  await requireSession(path)
  return memberScope(slug)
}

/** For the frame around a page: undefined when signed out, because the page knows where to come back to. */
export async function findMember(slug: string): Promise<TenantScope | undefined> {
  return (await currentSession()) ? memberScope(slug) : undefined
}

const memberScope = cache(async (slug: string): Promise<TenantScope> => {
  const session = await currentSession()
  if (!session || !isStorableText(slug)) notFound()
  try {
    return await scopeForMember(session, slug, clientOf(await headers()))
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
})
