import Link from 'next/link'
import { joinClasses } from '@/components/ui/join-classes'

const VIEWS = [
  { name: 'fields', label: 'Fields' },
  { name: 'target', label: 'Target names' },
] as const
export type EventView = (typeof VIEWS)[number]['name']

/** Says in an event's address which view is shown; the rest of its query is the trail's. */
export const VIEW_PARAM = 'fields'

export const readEventView = (params: URLSearchParams): EventView =>
  params.get(VIEW_PARAM) === 'target' ? 'target' : 'fields'

type Props = { href: string; view: EventView }

/** The ways to read an event's fields: as Spoor has them, or by the names of the log target. */
export function EventViews({ href, view }: Props) {
  return (
    <nav aria-label="Views of the event" className="flex gap-4 border-line border-b">
      {VIEWS.map(({ name, label }) => (
        <Link
          key={name}
          href={name === 'fields' ? href : `${href}${href.includes('?') ? '&' : '?'}${VIEW_PARAM}=${name}`}
          scroll={false}
          prefetch={false}
          aria-current={name === view ? 'page' : undefined}
          className={joinClasses(
            '-mb-px inline-flex h-9 items-center whitespace-nowrap border-b-2 text-sm pointer-coarse:h-11',
            name === view
              ? 'border-accent font-medium text-ink'
              : 'border-transparent text-quiet hover:text-ink',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
