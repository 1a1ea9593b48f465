'use client'

import { Building2, Footprints, Forward, KeyRound, MonitorSmartphone } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'

const PLACES = [
  { path: 'trail', label: 'Trail', icon: Footprints },
  { path: 'forwarding', label: 'Forwarding', icon: Forward },
  { path: 'settings/tokens', label: 'Tokens', icon: KeyRound },
  { path: 'settings/sessions', label: 'Sessions', icon: MonitorSmartphone },
  { path: 'settings/workspace', label: 'Workspace', icon: Building2 },
]

/** The places of a workspace: a column beside the page, a row above it on a phone. */
export function Navigation({ slug }: { slug: string }) {
  const here = usePathname()
  return (
    <nav
      aria-label="Workspace"
      className="-mx-4 order-last w-[calc(100%+2rem)] overflow-x-auto px-4 md:order-none md:mx-0 md:w-full md:overflow-visible md:px-0"
    >
      <ul className="flex gap-1 md:flex-col md:gap-0.5">
        {PLACES.map(({ path, label, icon: Icon }) => {
          const href = `/${slug}/${path}`
          const isHere = here === href || here.startsWith(`${href}/`)
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
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
