import Link from 'next/link'
import { visibleText } from '@/components/ui/visible-text'
import { canFilterBy } from './can-filter-by'
import { excluding, including, trailHref } from './trail-url'

type Props = { path: string; name: string; value: string }

/** A value of an event, with the ways to all events that share it and to those that don't. */
export function FilterLink({ path, name, value }: Props) {
  const href = (raw: string) => trailHref(path, new URLSearchParams([[name, raw]]))
  if (!canFilterBy(value)) return <bdi className="wrap-anywhere">{visibleText(value)}</bdi>
  return (
    <span className="group/value inline-flex flex-wrap items-baseline gap-x-2">
      <Link
        href={href(including(value))}
        prefetch={false}
        title="Show only events with this"
        className="wrap-anywhere rounded-sm underline decoration-line underline-offset-3 hover:decoration-current"
      >
        <bdi>{visibleText(value)}</bdi>
      </Link>
      <Link
        href={href(excluding(value))}
        prefetch={false}
        aria-label={`Show events without ${visibleText(value)}`}
        className="rounded-sm text-faint text-xs hover:text-ink hover:underline focus-visible:opacity-100 group-hover/value:opacity-100 md:opacity-0"
      >
        exclude
      </Link>
    </span>
  )
}
