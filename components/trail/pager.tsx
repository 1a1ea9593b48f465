'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { TrailLink, useTrail } from './trail-navigation'
import { withCursor, withOnly } from './trail-url'
import { PAGE_SIZES, pageOrder } from './trail-view'

type Props = { size: number; prev: string | null; next: string | null }

/** Pages by cursor, both ways, and how many events stand on one. */
export function Pager({ size, prev, next }: Props) {
  const { params } = useTrail()
  const isAscending = pageOrder(params) === 'asc'
  return (
    <nav aria-label="Pages" className="mt-3 flex flex-wrap items-center justify-between gap-3">
      <p className="flex items-center gap-1 text-quiet text-xs">
        <span className="mr-1">Events on a page</span>
        {PAGE_SIZES.map((option) => (
          <TrailLink
            key={option}
            to={withOnly(params, 'limit', option === PAGE_SIZES[0] ? undefined : String(option))}
            aria-current={option === size ? 'true' : undefined}
            className="rounded-sm px-1.5 py-1 tabular-nums hover:bg-hover aria-[current=true]:bg-accent-soft aria-[current=true]:font-medium aria-[current=true]:text-accent pointer-coarse:px-3 pointer-coarse:py-2.5"
          >
            {option}
          </TrailLink>
        ))}
      </p>
      <div className="flex gap-2">
        <PageLink to={prev && withCursor(params, prev)}>
          <ChevronLeft aria-hidden />
          {isAscending ? 'Older' : 'Newer'}
        </PageLink>
        <PageLink to={next && withCursor(params, next)}>
          {isAscending ? 'Newer' : 'Older'}
          <ChevronRight aria-hidden />
        </PageLink>
      </div>
    </nav>
  )
}

function PageLink({ to, children }: { to: URLSearchParams | null | ''; children: ReactNode }) {
  if (!to) return <Button disabled>{children}</Button>
  return (
    <TrailLink to={to} className={buttonStyle()} onClickCapture={toTop}>
      {children}
    </TrailLink>
  )
}

/** Another page begins at its top. */
function toTop(): void {
  window.scrollTo({ top: 0 })
}
