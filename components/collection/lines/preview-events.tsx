import { visibleText } from '@/components/ui/visible-text'
import type { LinePreview } from '@/lib/collection/lines/line-view'

type Props = { preview: Pick<LinePreview, 'events' | 'rejects'> }

/** What the sample becomes: each event under the names of the log target, and why rows become none. */
export function PreviewEvents({ preview: { events, rejects } }: Props) {
  return (
    <section
      aria-label="Resulting events"
      className="flex min-w-0 flex-col gap-2 xl:sticky xl:top-4 xl:max-h-[calc(100dvh-6rem)] xl:overflow-y-auto"
    >
      <p className="text-quiet text-sm">
        {events.length === 1 ? '1 event' : `${events.length} events`}
        {rejects.length > 0 && `, ${rejects.length} rejected`}
      </p>
      <ol className="flex flex-col gap-2">
        {rejects.map(({ row, reject }) => (
          <li
            key={`reject-${row}`}
            className="rounded-md border border-danger bg-danger-soft px-3 py-2 text-sm"
          >
            <span className="font-medium">Row {row + 1} is rejected.</span>{' '}
            <span className="wrap-anywhere">{reject.reason}</span>
          </li>
        ))}
        {events.map(({ row, fields }) => (
          <li key={row} className="rounded-md border border-line bg-surface">
            <details open={row === events[0]?.row || undefined}>
              <summary className="flex gap-2 rounded-md px-3 py-2 text-sm hover:bg-hover">
                <span className="numeric shrink-0 text-quiet">Row {row + 1}</span>
                <span className="wrap-anywhere min-w-0 font-medium">
                  {visibleText(fields.whatdisplaylabel || fields.whateventcodelabel || 'Event')}
                </span>
              </summary>
              <dl className="divide-y divide-line border-line border-t px-3 text-xs">
                {Object.entries(fields)
                  .filter(([, value]) => value !== '')
                  .map(([name, value]) => (
                    <div key={name} className="grid gap-x-3 py-1 sm:grid-cols-[9rem_minmax(0,1fr)]">
                      <dt className="literal text-quiet">{name}</dt>
                      <dd className="wrap-anywhere min-w-0 whitespace-pre-wrap">{visibleText(value)}</dd>
                    </div>
                  ))}
              </dl>
            </details>
          </li>
        ))}
      </ol>
    </section>
  )
}
