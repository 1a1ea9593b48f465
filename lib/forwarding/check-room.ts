import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { destinations } from '@/db/schema/delivery'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import { AppError } from '@/lib/errors/app-error'
import { isOfRole } from './destination-view'

/** Each event is looked at for each of them, and people have a handful. */
const MAX_CHANNELS = 100

/**
 * Throws `conflict` where one that was just added or brought back is the 101st channel. Call it after our own event:
 * then nobody else adds one until the commit.
 */
export async function checkRoom(tx: Transaction, tenantId: string, role: DestinationRole): Promise<void> {
  if (role !== 'channel') return
  const present = and(eq(destinations.tenantId, tenantId), isNull(destinations.removedAt))
  if ((await tx.$count(destinations, and(present, isOfRole('channel')))) <= MAX_CHANNELS) return
  const message = `A workspace has at most ${MAX_CHANNELS} channels. Remove one that nobody reads.`
  throw new AppError('conflict', message)
}
