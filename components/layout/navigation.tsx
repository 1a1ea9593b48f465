'use client'

import {
  ArchiveX,
  BellRing,
  BookUser,
  Building2,
  FileKey2,
  FileStack,
  Footprints,
  Forward,
  KeyRound,
  MonitorSmartphone,
  ShieldCheck,
} from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'

const PLACES = [
  { path: 'trail', label: 'Trail', icon: Footprints },
  { path: 'collection', label: 'Collection', icon: FileStack },
  { path: 'ledger', label: 'Ledger', icon: BookUser },
  { path: 'forwarding', label: 'Forwarding', icon: Forward },
  { path: 'channels', label: 'Channels', icon: BellRing },
  { path: 'integrity', label: 'Integrity', icon: ShieldCheck },
  { path: 'settings/tokens', label: 'Tokens', icon: KeyRound },
  { path: 'settings/sessions', label: 'Sessions', icon: MonitorSmartphone },
  { path: 'settings/workspace', label: 'Workspace', icon: Building2 },
  { path: 'settings/retention', label: 'Retention', icon: ArchiveX },
  { path: 'settings/integrity', label: 'Keys & witnesses', icon: FileKey2 },
]

/** The places of a workspace: a column beside the page, a row above it on a phone. `alarm`: something is not as sealed. */
export function Navigation({ slug, alarm }: { slug: string; alarm: boolean }) {
  const here = usePathname()
  const row = useRef<HTMLElement>(null)
  useEffect(() => showPlace(row.current, here), [here])
  return (
    <nav
      ref={row}
      aria-label="Workspace"
      className="-mx-4 order-last w-[calc(100%+2rem)] overflow-x-auto px-4 md:order-none md:mx-0 md:w-full md:overflow-visible md:px-0"
    >
      <ul className="flex gap-1 md:flex-col md:gap-0.5">
        {PLACES.map(({ path, label, icon: Icon }) => {
          const href = `/${slug}/${path}`
          const isHere = isAt(here, href)
          const opensGroup = path === 'settings/tokens'
          return (
            <li key={path} className={opensGroup ? 'md:mt-4' : undefined}>
              {opensGroup && (
                <span className="mb-1 hidden px-2.5 font-medium text-faint text-xs md:block">Settings</span>
              )}
              <Link
                href={href}
                aria-current={isHere ? 'page' : undefined}
                className="flex h-8 items-center gap-2.5 whitespace-nowrap rounded-md px-2.5 text-quiet text-sm hover:bg-hover hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent pointer-coarse:h-10"
              >
                <Icon aria-hidden className="size-4 shrink-0" />
                {label}
                {alarm && path === 'integrity' && <Alarm />}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

const isAt = (here: string, href: string) => here === href || here.startsWith(`${href}/`)

/** On a phone not all places fit: the one that is shown must be among those that are seen. Moves nothing else. */
function showPlace(row: HTMLElement | null, here: string) {
  const links = row ? [...row.querySelectorAll('a')] : []
  const place = links.find((link) => isAt(here, link.pathname))?.getBoundingClientRect()
  if (row && place)
    row.scrollLeft += place.left - row.getBoundingClientRect().left - (row.clientWidth - place.width) / 2
}

function Alarm() {
  return (
    <span className="grid size-4 place-items-center rounded-full bg-danger font-semibold text-2xs text-surface">
      <span aria-hidden>!</span>
      <span className="sr-only">needs attention</span>
    </span>
  )
}
