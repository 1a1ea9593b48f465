import { testAction } from '@/app/(console)/[tenant]/channels/actions'
import { ChannelConfiguration } from '@/components/channels/channel-configuration'
import { ChannelStatistics } from '@/components/channels/channel-statistics'
import type { WorkspaceClock } from '@/components/channels/zone-note'
import { DeliveryPanel } from '@/components/forwarding/delivery-panel'
import type { DeliverySlot } from '@/components/forwarding/delivery-slots'
import type { DestinationAddress } from '@/components/forwarding/destination-address'
import { TestButton } from '@/components/forwarding/test-button'
import { describeKinds } from '@/lib/forwarding/describe-kinds'
import type { DestinationDetail } from '@/lib/forwarding/get'

type Props = {
  channel: DestinationDetail
  slots: readonly DeliverySlot[]
  address: DestinationAddress
  clock: WorkspaceClock
  now: number
  canManage: boolean
  tenant: string
}

/** The first tab: what a channel is set to, what became of it, and a test. */
export function ChannelOverview({ channel, slots, address, clock, now, canManage, tenant }: Props) {
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-2">
        <ChannelConfiguration
          channel={channel}
          kind={describeKinds('channel').find(({ name }) => name === channel.kind)}
          clock={clock}
        />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <ChannelStatistics channel={channel} now={now} />
          <DeliveryPanel slots={slots} address={address} />
        </div>
      </div>
      {canManage && (
        <div className="mt-4">
          <TestButton id={channel.id} test={testAction.bind(null, tenant)} ofRole="channel" />
        </div>
      )}
    </>
  )
}
