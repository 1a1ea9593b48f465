import { cache } from 'react'
import type { TenantScope } from '@/lib/access/scope'
import { newReference, reportError } from '@/lib/errors/report-error'
import { findLog } from '@/lib/integrity/log/find-log'
import { readScrubStatus } from '@/lib/integrity/scrub/scrub-status'

/** The log and the scrubber's findings, read once a request: the frame and the page want them both. */
export const logOf = cache(findLog)
export const scrubStatusOf = cache(readScrubStatus)

/** Whether the frame must show red. Where it can't be told, the page that fails for the same reason says so. */
export async function hasIntegrityAlarm(scope: TenantScope): Promise<boolean> {
  try {
    const [log, scrub] = await Promise.all([logOf(scope), scrubStatusOf(scope)])
    return Boolean(log?.refused) || scrub.failureCount > 0
  } catch (error) {
    reportError(error, newReference())
    return false
  }
}
