'use client'

import { type ComponentProps, createContext, type ReactNode, useContext } from 'react'
import { useTrailNavigation } from './use-trail-navigation'

const Navigation = createContext<ReturnType<typeof useTrailNavigation> | null>(null)

type Props = { path: string; query: string; children: ReactNode }

/** One navigation for all parts of the page: each shows at once what another has changed. */
export function TrailNavigation({ path, query, children }: Props) {
  return <Navigation value={useTrailNavigation(path, query)}>{children}</Navigation>
}

export function useTrail() {
  const navigation = useContext(Navigation)
  if (!navigation) throw new Error('Parts of the trail page stand inside TrailNavigation.')
  return navigation
}

/** A link to another view of the trail: a plain one until scripts have loaded. */
export function TrailLink({ to, ...rest }: Omit<ComponentProps<'a'>, 'href'> & { to: URLSearchParams }) {
  const { href, follow } = useTrail()
  return <a href={href(to)} onClick={follow} {...rest} />
}
