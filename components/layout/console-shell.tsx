import Link from 'next/link'
import type { ReactNode } from 'react'
import { Wordmark } from './logo'
import { Navigation } from './navigation'
import { type Person, PersonMenu } from './person-menu'
import type { Theme } from './preferences'

type Props = {
  workspace: { slug: string; name: string }
  person: Person
  theme: Theme
  signOut: () => Promise<void>
  /** Something in the trail is not as it was sealed, or nothing is sealed any more. */
  alarm: boolean
  /** What rings for this person. */
  bell: ReactNode
  children: ReactNode
}

/** The frame of a workspace: its places beside the page, or above it on a phone. */
export function ConsoleShell({ workspace, person, theme, signOut, alarm, bell, children }: Props) {
  return (
    <div className="md:grid md:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#page"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-accent focus:px-3 focus:py-2 focus:text-on-accent"
      >
        Skip to the page
      </a>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-b bg-sunken px-4 py-2 md:sticky md:top-0 md:h-dvh md:flex-col md:flex-nowrap md:items-stretch md:gap-y-5 md:border-r md:border-b-0 md:px-3 md:py-4">
        <Link
          href={`/${workspace.slug}/trail`}
          aria-label={`Spoor, ${workspace.name}`}
          className="flex min-w-0 flex-1 items-center gap-2.5 rounded-md md:flex-none md:flex-col md:items-start md:gap-3 md:px-2.5"
        >
          <Wordmark />
          <span className="min-w-0 max-w-full truncate text-quiet text-sm md:font-medium md:text-ink">
            {workspace.name}
          </span>
        </Link>
        <Navigation slug={workspace.slug} alarm={alarm} />
        <div className="flex items-center gap-1 md:mt-auto md:flex-col md:items-stretch">
          {bell}
          <PersonMenu person={person} theme={theme} signOut={signOut} />
        </div>
      </header>
      <main id="page" tabIndex={-1} className="min-w-0 px-4 py-5 outline-none md:px-6 md:py-6">
        {children}
      </main>
    </div>
  )
}
