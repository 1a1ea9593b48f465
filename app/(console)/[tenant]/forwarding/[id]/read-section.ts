import { redirect } from 'next/navigation'
import { type DestinationAddress, destinationHref } from '@/components/forwarding/destination-address'
import { toEventRow } from '@/components/forwarding/event-rows'
import type { SectionData } from '@/components/forwarding/section-view'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { listAttempts } from '@/lib/forwarding/list-attempts'
import { listDeadLetters } from '@/lib/forwarding/list-dead-letters'
import { listMatchedEvents } from '@/lib/forwarding/list-matched-events'
import { listReplays } from '@/lib/forwarding/list-replays'
import { listUnsentEvents } from '@/lib/forwarding/list-unsent-events'

/** As many as a person looks through before they go on. */
const PAGE_SIZE = 25

/** The list that the address asks for. A place in it that is none any more leads to its beginning. */
export async function readSection(
  scope: TenantScope,
  id: string,
  address: DestinationAddress,
): Promise<SectionData> {
  try {
    return await readList(scope, id, address)
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid' && address.cursor !== undefined)
      redirect(destinationHref({ ...address, cursor: undefined }))
    throw error
  }
}

async function readList(
  scope: TenantScope,
  id: string,
  { section, cursor }: DestinationAddress,
): Promise<SectionData> {
  const page = { limit: PAGE_SIZE, cursor }
  if (section === 'attempts') return { section, ...(await listAttempts(scope, id, page)) }
  if (section === 'dead') return { section, ...(await listDeadLetters(scope, id, page)) }
  if (section === 'replays') return { section, replays: await listReplays(scope, id), next: null }
  const list = section === 'matched' ? listMatchedEvents : listUnsentEvents
  const { events, next } = await list(scope, id, page)
  return { section, rows: events.map(toEventRow), next }
}
