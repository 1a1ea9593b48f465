import { requirePermission } from '@/lib/access/scope'
import { type TokenContext, tokenContext } from '@/lib/access/scope-for-token'
import { HecRefusal } from './hec-answer'

/** The token in `Authorization: Splunk …`, or as the password of `Basic`, whose user Splunk passes over. */
function readToken({ headers, url }: Request): string {
  const value = headers.get('authorization')?.trim()
  if (!value) throw new HecRefusal(new URL(url).searchParams.has('token') ? 16 : 2)
  const [scheme = '', token = '', ...more] = value.split(/ +/)
  if (more.length > 0 || token === '') throw new HecRefusal(3)
  if (scheme.toLowerCase() === 'splunk') return token
  if (scheme.toLowerCase() !== 'basic') throw new HecRefusal(3)
  const [, password] = Buffer.from(token, 'base64').toString('utf8').split(':')
  if (!password || !/^[\x21-\x7e]+$/.test(password)) throw new HecRefusal(3)
  return password
}

/** Who sends, by a token as Splunk's clients present it. Throws as `tokenContext`, and `forbidden` without `events:write`. */
export async function hecContext(request: Request): Promise<TokenContext> {
  const headers = new Headers(request.headers)
  headers.set('authorization', `Bearer ${readToken(request)}`)
  const context = await tokenContext(headers)
  requirePermission(context.scope, 'events:write')
  return context
}
