'use client'

import { Suspense } from 'react'
import { buttonStyle } from '@/components/ui/button-style'
import { joinClasses } from '@/components/ui/join-classes'
import { Notice } from '@/components/ui/notice'
import { useTimeZone } from '@/components/ui/time-zone'
import type { Count } from '@/lib/trail/overview'
import { Histogram } from './histogram'
import { widen } from './histogram-slots'
import { countWords, rangeWords, stepWords } from './histogram-words'
import { useOverview } from './overview-source'
import { TrailLink, useTrail } from './trail-navigation'
import { withPeriod } from './trail-url'
import { isLive } from './trail-view'

/** How many events pass, and when they happened; arrives after the page of events. */
export function OverviewPanel() {
  return (
    <section
      aria-label="Overview"
      className="mt-4 rounded-lg border border-line bg-surface px-3 pt-2 pb-1.5 [&:has([data-failed])]:border-0 [&:has([data-failed])]:p-0"
    >
      <Suspense fallback={<Pending />}>
        <Loaded />
      </Suspense>
    </section>
  )
}

function Loaded() {
  const { result, outdated } = useOverview()
  const { params } = useTrail()
  if (!result.ok) return <Failed reference={result.reference} />
  const { count, histogram } = result.overview
  // Without events and without a range there is no time to show.
  const hasTime = count.value > 0 || isNarrowed(params)
  return (
    <div
      aria-busy={outdated || undefined}
      className={joinClasses('transition-opacity', outdated && 'opacity-60')}
    >
      <div className="flex min-h-6 flex-wrap items-baseline gap-x-4 gap-y-1">
        <p className="font-medium text-sm" role="status">
          {totalWords(count)}
          {isLive(params) && <span className="font-normal text-quiet"> when this page was read</span>}
        </p>
        {hasTime && <RangeLine histogram={histogram} />}
      </div>
      {hasTime && <Histogram data={histogram} />}
    </div>
  )
}

/** `exact: false` means that counting on would make the reader wait. */
function totalWords({ value, exact }: Count): string {
  if (!exact) return value === 0 ? 'None counted so far' : `At least ${countWords(value)}`
  return countWords(value).replace(/^no/, 'No')
}

const isNarrowed = (params: URLSearchParams) => params.has('from') || params.has('to')

/** The range that the address names, which the histogram shows only once it is there. */
function zoomedRange(params: URLSearchParams): { from: string; to: string } | undefined {
  const [from, to] = [params.get('from') ?? '', params.get('to') ?? '']
  return Date.parse(from) < Date.parse(to) ? { from, to } : undefined
}

type RangeProps = { histogram: { from: string; to: string; stepMs: number; exact: boolean } }

function RangeLine({ histogram }: RangeProps) {
  const { params } = useTrail()
  const timeZone = useTimeZone()
  const wider = widen(zoomedRange(params) ?? histogram, Date.now())
  return (
    <>
      <p className="numeric min-w-0 flex-1 text-quiet text-xs">
        {rangeWords(histogram, timeZone)}
        <span className="max-sm:hidden"> · a bar is {stepWords(histogram.stepMs)}</span>
        {!histogram.exact && <span> · not all are counted</span>}
      </p>
      {isNarrowed(params) && (
        <TrailLink
          to={withPeriod(params, wider.from, wider.to)}
          // The server's clock and the browser's differ.
          suppressHydrationWarning
          className={buttonStyle('quiet', 'sm', '-my-1')}
        >
          Zoom out
        </TrailLink>
      )}
    </>
  )
}

function Failed({ reference }: { reference: string }) {
  return (
    <div data-failed>
      <Notice kind="warning" title="Count, histogram and facets could not be read">
        <p className="text-quiet">
          The events below are not affected. When you report it, mention the reference{' '}
          <code className="literal text-ink">{reference}</code>.
        </p>
      </Notice>
    </div>
  )
}

/** As high as what replaces it, so that the table stays where it is. */
function Pending() {
  return (
    <div role="status" aria-label="Counting events" className="animate-pulse motion-reduce:animate-none">
      <div className="mb-2 flex min-h-6 items-center">
        <span className="h-3 w-24 rounded-sm bg-sunken" />
      </div>
      <div className="h-18 rounded-sm bg-sunken" />
      <div className="mt-1 h-4" />
    </div>
  )
}
