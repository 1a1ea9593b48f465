import { createHash, timingSafeEqual } from 'node:crypto'
import { env } from '@/env'
import { AppError } from '@/lib/errors/app-error'

const digest = (text: string) => createHash('sha256').update(text).digest()

/**
 * Lets a cron caller pass: `Authorization: Bearer <CRON_SECRET>`. Throws `unauthenticated` otherwise, and always
 * when no secret is set. Digests are compared, so that neither length nor content shows in the time it takes.
 */
export function requireCronSecret(headers: Headers): void {
  const secret = env.cronSecret()
  const [, given] = /^bearer +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? []
  const isRight = timingSafeEqual(digest(given ?? ''), digest(secret ?? ''))
  if (secret && given && isRight) return
  throw new AppError(
    'unauthenticated',
    'This is for the cron caller, who sends CRON_SECRET as a bearer token.',
  )
}
