'use client'

import { createContext, type ReactNode, use, useContext, useEffect, useState } from 'react'
import type { OverviewResult } from './overview-result'

type Source = { promise: Promise<OverviewResult>; query: string }
type Seen = Source & { result: OverviewResult }

const OverviewContext = createContext<{ source: Source; seen?: Seen } | null>(null)

type Props = Source & { children: ReactNode }

/**
 * Hands the overview on to the parts that show it. The first one streams in; later ones replace it when they
 * are there, so that neither a page of events waits for them nor a reader loses the focus.
 */
export function OverviewSource({ promise, query, children }: Props) {
  const [seen, setSeen] = useState<Seen>()
  useEffect(() => {
    let wanted = true
    promise.then(
      (result) => wanted && setSeen({ promise, query, result }),
      // The connection broke in the middle of the page: what stands there stays.
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [promise, query])
  return <OverviewContext value={{ source: { promise, query }, seen }}>{children}</OverviewContext>
}

/** The overview, and whether it still is that of the filter before. Suspends until there is one. */
export function useOverview(): { result: OverviewResult; outdated: boolean } {
  const context = useContext(OverviewContext)
  if (!context) throw new Error('What shows the overview stands inside OverviewSource.')
  const { source, seen } = context
  if (seen) return { result: seen.result, outdated: seen.query !== source.query }
  return { result: use(source.promise), outdated: false }
}
