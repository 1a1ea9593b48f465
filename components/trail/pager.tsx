import { ChevronLeft, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { LinkButton } from '@/components/ui/link-button'
import { trailHref, withOnly } from './trail-url'
import { PAGE_SIZES } from './trail-view'

type Props = { path: string; query: string; size: number; newer: string | null; older: string | null }

/** Pages by cursor, both ways, and how many events stand on one. */
export function Pager({ path, query, size, newer, older }: Props) {
  const params = new URLSearchParams(query)
  const at = (cursor: string) => trailHref(path, withCursor(params, cursor))
  return (
    <nav aria-label="Pages" className="mt-3 flex flex-wrap items-center justify-between gap-3">
      <p className="flex items-center gap-1 text-quiet text-xs">
        <span className="mr-1">Events on a page</span>
        {PAGE_SIZES.map((option) => (
          <Link
            key={option}
            href={trailHref(
              path,
              withOnly(params, 'limit', option === PAGE_SIZES[0] ? undefined : String(option)),
            )}
            prefetch={false}
            aria-current={option === size ? 'true' : undefined}
            className="rounded-sm px-1.5 py-1 tabular-nums hover:bg-hover aria-[current=true]:bg-accent-soft aria-[current=true]:font-medium aria-[current=true]:text-accent pointer-coarse:px-3 pointer-coarse:py-2.5"
          >
            {option}
          </Link>
        ))}
      </p>
      <div className="flex gap-2">
        <PageLink href={newer && at(newer)}>
          <ChevronLeft aria-hidden />
          Newer
        </PageLink>
        <PageLink href={older && at(older)}>
          Older
          <ChevronRight aria-hidden />
        </PageLink>
      </div>
    </nav>
  )
}

function PageLink({ href, children }: { href: string | null; children: React.ReactNode }) {
  if (href === null)
    return (
      <LinkButton href="" aria-disabled="true" role="link" tabIndex={-1} className="pointer-events-none">
        {children}
      </LinkButton>
    )
  return (
    <LinkButton href={href} prefetch={false}>
      {children}
    </LinkButton>
  )
}

function withCursor(params: URLSearchParams, cursor: string): URLSearchParams {
  const next = new URLSearchParams(params)
  next.set('cursor', cursor)
  return next
}
