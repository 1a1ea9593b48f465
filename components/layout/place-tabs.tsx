'use client'

import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { joinClasses } from '@/components/ui/join-classes'

/** `path` goes on from the section's own address; what the section opens with has none. */
type Place<Name extends string> = { name: Name; label: string; path: string }

type Props<Name extends string> = {
  label: string
  /** The address of the section. */
  section: string
  places: readonly Place<Name>[]
  here: Name
}

/** The places of a section, above the heading of each of its lists. */
export function PlaceTabs<Name extends string>({ label, section, places, here }: Props<Name>) {
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
      aria-label={label}
      className="relative mb-5 flex gap-4 overflow-x-auto border-line border-b"
    >
      {places.map(({ name, label: text, path }) => (
        <Link
          key={name}
          data-place={name}
          href={`${section}${path}`}
          aria-current={name === here ? 'page' : undefined}
          className={joinClasses(
            '-mb-px inline-flex h-9 items-center whitespace-nowrap border-b-2 text-sm focus-visible:-outline-offset-2 pointer-coarse:h-11',
            name === here
              ? 'border-accent font-medium text-ink'
              : 'border-transparent text-quiet hover:text-ink',
          )}
        >
          {text}
        </Link>
      ))}
    </nav>
  )
}
