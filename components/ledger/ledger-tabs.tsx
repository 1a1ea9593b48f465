'use client'

import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { joinClasses } from '@/components/ui/join-classes'

/** Entities have no folder of their own here: they are what the section opens with. */
const PLACES = [
  { name: 'entities', label: 'Entities', path: '' },
  { name: 'unmatched', label: 'Unmatched', path: '/unmatched' },
  { name: 'imports', label: 'Imports', path: '/imports' },
  { name: 'rules', label: 'Rules', path: '/rules' },
  { name: 'policies', label: 'Policies', path: '/policies' },
  { name: 'sources', label: 'Sources', path: '/sources' },
  { name: 'test', label: 'Test', path: '/test' },
] as const
type LedgerPlace = (typeof PLACES)[number]['name']

type Props = { slug: string; here: LedgerPlace }

/** The places of the section, above the heading of each of its lists. */
export function LedgerTabs({ slug, here }: Props) {
  const row = useRef<HTMLElement>(null)
  // On a phone not all fit: the one that is shown must be among those that are seen.
  useEffect(() => {
    const tab = row.current?.querySelector<HTMLElement>(`[data-place=${here}]`)
    if (row.current && tab)
      row.current.scrollLeft = tab.offsetLeft - (row.current.clientWidth - tab.clientWidth) / 2
  }, [here])
  return (
    <nav
      ref={row}
      aria-label="Ledger"
      className="relative mb-5 flex gap-4 overflow-x-auto border-line border-b"
    >
      {PLACES.map(({ name, label, path }) => (
        <Link
          key={name}
          data-place={name}
          href={`/${slug}/ledger${path}`}
          aria-current={name === here ? 'page' : undefined}
          className={joinClasses(
            '-mb-px inline-flex h-9 items-center whitespace-nowrap border-b-2 text-sm focus-visible:-outline-offset-2 pointer-coarse:h-11',
            name === here
              ? 'border-accent font-medium text-ink'
              : 'border-transparent text-quiet hover:text-ink',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
