import Link from 'next/link'
import { number } from '@/components/collection/row-counts'
import { joinClasses } from '@/components/ui/join-classes'
import { TIMELINE_SIDES, type TimelineSide } from '@/lib/ledger/timeline/activity-view'
import type { Count } from '@/lib/trail/overview'
import { type EntityAddress, entityHref, SIDE_LABELS } from './entity-address'

type Props = { address: EntityAddress; counts: Partial<Record<TimelineSide, Count>> }

/** What an entity did, what was done to it, and how it came in; which one is in the address. */
export function SideTabs({ address, counts }: Props) {
  return (
    <nav
      aria-label="Its events"
      className="relative mt-6 mb-3 flex gap-4 overflow-x-auto border-line border-b"
    >
      {TIMELINE_SIDES.map((side) => {
        const isChosen = side === address.side
        const count = counts[side]
        return (
          <Link
            key={side}
            href={entityHref({ ...address, side, cursor: undefined })}
            scroll={false}
            aria-current={isChosen ? 'page' : undefined}
            className={joinClasses(
              '-mb-px inline-flex h-9 items-center gap-1.5 whitespace-nowrap border-b-2 text-sm focus-visible:-outline-offset-2 pointer-coarse:h-11',
              isChosen
                ? 'border-accent font-medium text-ink'
                : 'border-transparent text-quiet hover:text-ink',
            )}
          >
            {SIDE_LABELS[side]}
            {count !== undefined && (
              <span className="numeric rounded-full bg-sunken px-1.5 text-quiet text-xs inset-ring inset-ring-line">
                {number(count.value)}
                {!count.exact && '+'}
              </span>
            )}
          </Link>
        )
      })}
    </nav>
  )
}
