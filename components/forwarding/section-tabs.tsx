'use client'

import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { joinClasses } from '@/components/ui/join-classes'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import { type DestinationAddress, destinationHref, type Section } from './destination-address'
import { ROLE_TEXTS } from './role-texts'

const LABELS: Record<Section, string> = {
  channel: 'Audit Log Channel',
  attempts: 'Attempts',
  matched: 'Matched events',
  unsent: 'Unsent events',
  dead: 'Dead letters',
  replays: 'Replays',
  alarms: 'Alarms',
  shown: 'Shown to',
}

type Props = {
  address: DestinationAddress
  counts: Partial<Record<Section, string>>
  ofRole?: DestinationRole
}

/** The lists of a destination, one at a time; which one is in the address. */
export function SectionTabs({ address, counts, ofRole = 'forwarding' }: Props) {
  const row = useRef<HTMLElement>(null)
  // On a phone not all fit: the one that is shown must be among those that are seen.
  useEffect(() => {
    const tab = row.current?.querySelector<HTMLElement>(`[data-section=${address.section}]`)
    if (row.current && tab)
      row.current.scrollLeft = tab.offsetLeft - (row.current.clientWidth - tab.clientWidth) / 2
  }, [address.section])
  return (
    <nav
      ref={row}
      aria-label={ROLE_TEXTS[ofRole].lists}
      className="relative mt-6 mb-3 flex gap-4 overflow-x-auto border-line border-b"
    >
      {address.sections.map((section) => {
        const isChosen = section === address.section
        return (
          <Link
            key={section}
            data-section={section}
            href={destinationHref({ ...address, section, cursor: undefined })}
            scroll={false}
            aria-current={isChosen ? 'page' : undefined}
            className={joinClasses(
              '-mb-px inline-flex h-9 items-center gap-1.5 whitespace-nowrap border-b-2 text-sm focus-visible:-outline-offset-2 pointer-coarse:h-11',
              isChosen
                ? 'border-accent font-medium text-ink'
                : 'border-transparent text-quiet hover:text-ink',
            )}
          >
            {LABELS[section]}
            {counts[section] && (
              <span className="numeric rounded-full bg-sunken px-1.5 text-quiet text-xs inset-ring inset-ring-line">
                {counts[section]}
              </span>
            )}
          </Link>
        )
      })}
    </nav>
  )
}
