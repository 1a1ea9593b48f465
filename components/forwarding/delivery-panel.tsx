import Link from 'next/link'
import { joinClasses } from '@/components/ui/join-classes'
import { Panel } from '@/components/ui/panel'
import { DeliveryChart } from './delivery-chart'
import type { DeliverySlot } from './delivery-slots'
import { type DestinationAddress, destinationHref, RANGES, type Range } from './destination-address'

const LABELS: Record<Range, string> = { '24h': '24 hours', '7d': '7 days' }

/** The chart, and how far back it goes. */
export function DeliveryPanel({
  slots,
  address,
}: {
  slots: readonly DeliverySlot[]
  address: DestinationAddress
}) {
  return (
    <Panel
      title="Delivery"
      actions={
        <nav aria-label="Range of the chart" className="flex gap-1 text-xs">
          {(Object.keys(RANGES) as Range[]).map((range) => (
            <Link
              key={range}
              href={destinationHref({ ...address, range })}
              scroll={false}
              aria-current={range === address.range ? 'true' : undefined}
              className={joinClasses(
                'rounded-sm px-1.5 py-1 pointer-coarse:px-3 pointer-coarse:py-2.5',
                range === address.range
                  ? 'bg-accent-soft font-medium text-accent'
                  : 'text-quiet hover:bg-hover',
              )}
            >
              {LABELS[range]}
            </Link>
          ))}
        </nav>
      }
    >
      <DeliveryChart slots={slots} />
    </Panel>
  )
}
