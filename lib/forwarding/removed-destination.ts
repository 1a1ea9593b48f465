import { type SQL, sql } from 'drizzle-orm'
import { destinations } from '@/db/schema/delivery'

/** A mistake is noticed within a month; then the rows are deleted. */
export const RESTORABLE_DAYS = 30

/** Removed, but not for good yet. */
export const isRestorable = (): SQL =>
  sql`${destinations.removedAt} > now() - ${RESTORABLE_DAYS} * interval '1 day'`
