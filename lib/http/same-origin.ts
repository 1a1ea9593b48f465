import { env } from '@/env'
import { AppError } from '@/lib/errors/app-error'

/**
 * Throws `forbidden` unless a page of this instance sent the request: for routes that change something by the session's
 * cookie. Browsers say so themselves (Fetch Metadata); over plain HTTP they don't, and `Origin` says it.
 */
export function requireSameOrigin({ headers }: Request): void {
  const site = headers.get('sec-fetch-site')
  const isSame = site === null ? isOwnOrigin(headers) : site === 'same-origin'
  if (!isSame) throw new AppError('forbidden', 'Only pages of this console can ask for this.')
}

function isOwnOrigin(headers: Headers): boolean {
  const origin = headers.get('origin')
  if (!origin || !URL.canParse(origin)) return false
  const { host } = new URL(origin)
  return host === headers.get('host') || host === new URL(env.publicUrl()).host
}
