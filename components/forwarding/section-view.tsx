import type { FormAction } from '@/lib/errors/form-state'
import type { AttemptView } from '@/lib/forwarding/list-attempts'
import type { DeadLetterView } from '@/lib/forwarding/list-dead-letters'
import type { ReplayView } from '@/lib/forwarding/list-replays'
import { AttemptsTable } from './attempts-table'
import { DeadLettersTable } from './dead-letters-table'
import type { EventRow } from './event-rows'
import { EventsTable } from './events-table'
import { ReplaysTable } from './replays-table'

/** One of a destination's lists, or a page of it. */
export type SectionData = { next: string | null } & (
  | { section: 'attempts'; attempts: AttemptView[] }
  | { section: 'matched' | 'unsent'; rows: EventRow[] }
  | { section: 'dead'; deadLetters: DeadLetterView[] }
  | { section: 'replays'; replays: ReplayView[] }
)

type Props = {
  id: string
  data: SectionData
  now: number
  trailPath: string
  cancelReplay: FormAction<void> | undefined
}

/** The chosen list, or what it would show. */
export function SectionView({ id, data, now, trailPath, cancelReplay }: Props) {
  if (isEmpty(data)) return <p className="text-quiet text-sm">{emptyWords(data)}</p>
  if (data.section === 'attempts') return <AttemptsTable attempts={data.attempts} now={now} />
  if (data.section === 'dead')
    return <DeadLettersTable deadLetters={data.deadLetters} trailPath={trailPath} />
  if (data.section === 'replays') return <ReplaysTable id={id} replays={data.replays} cancel={cancelReplay} />
  const label = data.section === 'matched' ? 'Matched events' : 'Unsent events'
  return <EventsTable label={label} rows={data.rows} trailPath={trailPath} />
}

function isEmpty(data: SectionData): boolean {
  if (data.section === 'attempts') return data.attempts.length === 0
  if (data.section === 'dead') return data.deadLetters.length === 0
  if (data.section === 'replays') return data.replays.length === 0
  return data.rows.length === 0
}

const NOTHING: Record<SectionData['section'], string> = {
  attempts: 'None yet.',
  matched: 'None yet: events appear here once they were sent.',
  unsent: 'None: everything that matches was sent.',
  dead: 'None: the receiver refused no event for good.',
  replays: 'None. Replay sends events again, under their old ids.',
}

/** A search stops after a bounded number of events, so a page may be empty and not the last. */
function emptyWords({ section, next }: SectionData): string {
  return next === null ? NOTHING[section] : 'None among the events looked at so far. More looks further.'
}
