import { PAGE_SIZE, readFrom, readList } from '@/app/(console)/[tenant]/forwarding/read-list'
import type { ChannelSectionData } from '@/components/channels/channel-section'
import type { ChannelSection, DestinationAddress } from '@/components/forwarding/destination-address'
import type { TenantScope } from '@/lib/access/scope'
import { listAlarms } from '@/lib/channels/list-alarms'
import { listShown } from '@/lib/channels/list-shown'

/** What the chosen tab lists; the first one shows the channel itself. */
export async function readChannelSection(
  scope: TenantScope,
  id: string,
  address: DestinationAddress<ChannelSection>,
): Promise<ChannelSectionData> {
  const { section, cursor } = address
  const page = { limit: PAGE_SIZE, cursor }
  return readFrom<ChannelSectionData>(address, async () => {
    if (section === 'channel') return { section, next: null }
    if (section === 'alarms') return { section, ...(await listAlarms(scope, id, page)) }
    if (section === 'shown') return { section, ...(await listShown(scope, id, page)) }
    return readList(scope, { id, role: 'channel' }, section, cursor)
  })
}
