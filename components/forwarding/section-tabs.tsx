import Link from 'next/link'
import { joinClasses } from '@/components/ui/join-classes'
import { type DestinationAddress, destinationHref, SECTIONS, type Section } from './destination-address'

const LABELS: Record<Section, string> = {
  attempts: 'Attempts',
  matched: 'Matched events',
  unsent: 'Unsent events',
  dead: 'Dead letters',
  replays: 'Replays',
}

type Props = { address: DestinationAddress; counts: Partial<Record<Section, string>> }

/** The lists of a destination, one at a time; which one is in the address. */
export function SectionTabs({ address, counts }: Props) {
  return (
    <nav
      aria-label="Lists of this destination"
      className="mt-6 mb-3 flex gap-4 overflow-x-auto border-line border-b"
    >
      {SECTIONS.map((section) => {
        const isChosen = section === address.section
        return (
          <Link
            key={section}
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
