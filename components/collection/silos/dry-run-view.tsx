import Link from 'next/link'
import { CountsSum } from '@/components/collection/counts-sum'
import { amount } from '@/components/collection/row-counts'
import { joinClasses } from '@/components/ui/join-classes'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { visibleText } from '@/components/ui/visible-text'
import type { DryRun } from '@/lib/collection/runs/dry-run-view'
import { DryRunEvents, DryRunFields } from './dry-run-events'
import { DryRunRejects } from './dry-run-rejects'
import { readingInWords } from './reading-words'

export type DryRunShape = 'target' | 'event'

type Props = {
  result: DryRun
  shape: DryRunShape
  /** Of the same dry run in either shape. */
  hrefs: Record<DryRunShape, string>
}

const LABELS: Record<DryRunShape, string> = { target: 'Target names', event: 'As in the trail' }

/** What would become of the rows of a file; nothing of it was stored. */
export function DryRunView({ result, shape, hrefs }: Props) {
  const { counts, events, rejects, isWhole, file, reading, header, doubts } = result
  return (
    <div className="flex flex-col gap-5">
      <Panel
        title={`${isWhole ? 'All' : 'The first'} ${amount(counts.rows, 'row')} of ${file?.name ?? 'the text'}`}
        description="Nothing was stored. Duplicates are rows whose events the trail has already."
      >
        <CountsSum counts={counts} />
        <p className="mt-3 text-quiet text-xs" title={header?.join(', ')}>
          Read as {readingInWords(reading, header)}.
        </p>
        {doubts.map((doubt) => (
          <Notice key={doubt} kind="warning" className="mt-2">
            {visibleText(doubt)}
          </Notice>
        ))}
      </Panel>
      {counts.rejected > 0 && (
        <section>
          <h2 className="mb-2 font-semibold text-base">
            {amount(counts.rejected, 'row')} would be rejected
            {rejects.length < counts.rejected && `, here the first ${rejects.length.toLocaleString('en')}`}
          </h2>
          <DryRunRejects rejects={rejects} />
        </section>
      )}
      <section>
        <div className="mb-2 flex flex-wrap items-end justify-between gap-2">
          <h2 className="font-semibold text-base">
            {eventsHeading(events.length, counts.collected + counts.duplicates)}
          </h2>
          <nav aria-label="Shape of the events" className="flex gap-1">
            {(['target', 'event'] as const).map((name) => (
              <Link
                key={name}
                href={hrefs[name]}
                prefetch={false}
                scroll={false}
                aria-current={name === shape ? 'page' : undefined}
                className={joinClasses(
                  'inline-flex h-7 items-center rounded-md px-2 text-xs pointer-coarse:h-9',
                  name === shape
                    ? 'bg-accent-soft font-medium text-accent'
                    : 'text-quiet hover:bg-hover hover:text-ink',
                )}
              >
                {LABELS[name]}
              </Link>
            ))}
          </nav>
        </div>
        {events.length === 0 && <Notice kind="warning">No row would become an event.</Notice>}
        {events.length > 0 && shape === 'target' && <DryRunFields events={events} />}
        {events.length > 0 && shape === 'event' && <DryRunEvents events={events} />}
      </section>
    </div>
  )
}

function eventsHeading(shown: number, all: number): string {
  if (all === 0) return 'Events'
  return shown < all ? `The first ${shown} of ${amount(all, 'event')}` : amount(all, 'event')
}
