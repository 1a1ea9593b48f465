import { redirect } from 'next/navigation'
import {
  type DestinationAddress,
  destinationHref,
  type ListSection,
} from '@/components/forwarding/destination-address'
import { toEventRow } from '@/components/forwarding/event-rows'
import type { SectionData } from '@/components/forwarding/section-view'
import type { TenantScope } from '@/lib/access/scope'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import { AppError } from '@/lib/errors/app-error'
import { listAttempts } from '@/lib/forwarding/list-attempts'
import { listDeadLetters } from '@/lib/forwarding/list-dead-letters'
import { listMatchedEvents } from '@/lib/forwarding/list-matched-events'
import { listReplays } from '@/lib/forwarding/list-replays'
import { listUnsentEvents } from '@/lib/forwarding/list-unsent-events'

/** As many as a person looks through before they go on. */
export const PAGE_SIZE = 25

/** What a list answers; a place in it that is none any more leads to its beginning. */
export async function readFrom<Data>(address: DestinationAddress, read: () => Promise<Data>): Promise<Data> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid' && address.cursor !== undefined)
      redirect(destinationHref({ ...address, cursor: undefined }))
    throw error
  }
}

/** A list of a destination or channel. */
export async function readList(
  scope: TenantScope,
  of: { id: string; role: DestinationRole },
  section: ListSection,
  cursor: string | undefined,
): Promise<SectionData> {
  const { id, role } = of
  const page = { limit: PAGE_SIZE, cursor }
  if (section === 'attempts') return { section, ...(await listAttempts(scope, id, page, role)) }
  if (section === 'dead') return { section, ...(await listDeadLetters(scope, id, page, role)) }
  if (section === 'replays') return { section, replays: await listReplays(scope, id, role), next: null }
  const list = section === 'matched' ? listMatchedEvents : listUnsentEvents
  const { events, next } = await list(scope, id, page, role)
  return { section, rows: events.map(toEventRow), next }
}
