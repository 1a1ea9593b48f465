import { sql } from 'drizzle-orm'
import { deliveryStreams } from '@/db/schema/delivery'
import type { StreamChanges } from '@/lib/delivery/update-leased'

/** Set when a removed stream comes back: its failures count from now on, and what was told of it stays told. */
export const AFTER_RESTORE = {
  consecutiveFailures: 0,
  firstFailureAt: null,
  spacedFailures: 0,
  spacedFailureAt: null,
} satisfies StreamChanges

/**
 * Set in the commit that counts a success. Warnings that were given turn negative, so that `tendStreams` finds the
 * recovery and tells it, whatever happens to this process in between.
 */
export const AFTER_SUCCESS = {
  ...AFTER_RESTORE,
  warnings: sql`-abs(${deliveryStreams.warnings})`,
} satisfies StreamChanges

/** Set when a person resumes a stream: its failures count from now on, and are told of anew. */
export const AFTER_RESUME = { ...AFTER_RESTORE, warnings: 0 } satisfies StreamChanges
