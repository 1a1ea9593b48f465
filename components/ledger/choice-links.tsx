import Link from 'next/link'
import { number } from '@/components/collection/row-counts'
import { joinClasses } from '@/components/ui/join-classes'

type ChoiceLink = { label: string; href: string; isChosen: boolean; count?: number }

/** One of a few parts of a list, each with how much there is of it. */
export function ChoiceLinks({ label, links }: { label: string; links: readonly ChoiceLink[] }) {
  return (
    <nav aria-label={label} className="-mx-1 max-w-full overflow-x-auto p-1">
      <ul className="flex gap-1">
        {links.map((link) => (
          <li key={link.label}>
            <Link
              href={link.href}
              scroll={false}
              aria-current={link.isChosen ? 'true' : undefined}
              className={joinClasses(
                'inline-flex h-7 items-center gap-1.5 whitespace-nowrap rounded-full border px-2.5 text-xs pointer-coarse:h-9',
                link.isChosen
                  ? 'border-accent bg-accent-soft font-medium text-accent'
                  : 'border-rim bg-surface text-quiet hover:bg-hover hover:text-ink',
              )}
            >
              {link.label}
              {link.count !== undefined && <span className="numeric">{number(link.count)}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
