import type { TenantScope } from '@/lib/access/scope'
import { scopeForMember } from '@/lib/access/scope-for-member'
import { readSession } from '@/lib/auth/read-session'
import { AppError } from '@/lib/errors/app-error'
import { isStorableText } from '@/lib/errors/parse-input'
import { clientOf } from '@/lib/http/peer-address'

/** Whose cookie a request carries, for routes that answer with data and can't send anybody to a page. */
export async function memberOf({ headers }: Request, slug: string): Promise<TenantScope> {
  const session = await readSession(headers)
  if (!session) throw new AppError('unauthenticated', 'You are signed out. Sign in, and try again.')
  if (!isStorableText(slug)) throw new AppError('not_found', 'There is no such workspace.')
  return scopeForMember(session, slug, clientOf(headers))
}
