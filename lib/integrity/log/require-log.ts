import type { Transaction } from '@/db/client'
import { AppError } from '@/lib/errors/app-error'
import { type Log, readLog } from './read-log'

/** A new trail's log is opened in the sealer's next round. */
const RETRY_AFTER_SECONDS = 1

/** The tenant's log; throws `unavailable` while the sealer has not opened it yet. */
export async function requireLog(tx: Transaction, tenantId: string): Promise<Log> {
  const log = await readLog(tx, tenantId)
  if (log) return log
  const message = 'The log of this trail is not open yet: the sealer opens it within a second. Ask again.'
  throw new AppError('unavailable', message, { retryAfterSeconds: RETRY_AFTER_SECONDS })
}
