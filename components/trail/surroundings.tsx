import { Suspense } from 'react'
import { Panel } from '@/components/ui/panel'
import { PartBoundary } from '@/components/ui/part-boundary'
import { Tabs } from '@/components/ui/tabs'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { Surrounding, SurroundingName } from '@/lib/trail/surroundings'
import { SurroundingEvents } from './surrounding-events'

const LABELS: Record<SurroundingName, string> = {
  around: 'Just before and after',
  actor: 'Same actor',
  target: 'Same target',
  session: 'Same session',
}

type Props = { event: StoredEvent; surroundings: Surrounding[]; path: string; query: string }

/** What happened around an event: in the whole trail, by its actor, to its target, in its session. */
export function Surroundings({ event, surroundings, path, query }: Props) {
  return (
    <Panel title="Surroundings">
      <Tabs
        label="What surrounds the event"
        tabs={surroundings.map((surrounding) => ({
          id: surrounding.name,
          label: LABELS[surrounding.name],
          content: (
            <PartBoundary what={LABELS[surrounding.name]}>
              <Suspense fallback={<p className="text-quiet text-sm">Reading the trail …</p>}>
                <SurroundingEvents event={event} surrounding={surrounding} path={path} query={query} />
              </Suspense>
            </PartBoundary>
          ),
        }))}
      />
    </Panel>
  )
}
