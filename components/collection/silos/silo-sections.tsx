import Link from 'next/link'
import { joinClasses } from '@/components/ui/join-classes'
import { SILO_SECTIONS, type SiloAddress, type SiloSection, siloHref } from './silo-address'

const LABELS: Record<SiloSection, string> = { files: 'Files', runs: 'Runs', rejects: 'Rejects' }

type Props = { address: SiloAddress; counts: Partial<Record<SiloSection, number>> }

/** The lists of a silo, one at a time; which one is in the address. */
export function SiloSections({ address, counts }: Props) {
  return (
    <nav
      aria-label="Lists of this silo"
      className="mt-6 mb-3 flex gap-4 overflow-x-auto border-line border-b"
    >
      {SILO_SECTIONS.map((section) => {
        const isChosen = section === address.section
        const count = counts[section] ?? 0
        return (
          <Link
            key={section}
            href={siloHref({ ...address, section, file: undefined, after: undefined })}
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
            {count > 0 && (
              <span className="numeric rounded-full bg-sunken px-1.5 text-quiet text-xs inset-ring inset-ring-line">
                {count.toLocaleString('en')}
              </span>
            )}
          </Link>
        )
      })}
    </nav>
  )
}
