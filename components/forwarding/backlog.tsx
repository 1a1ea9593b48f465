import { formatDuration } from '@/components/ui/format-time'
import type { BacklogSummary } from './destination-summary'

/** How many events wait, and since when the oldest of them does. */
export function Backlog({
  backlog: { events, isCapped, ageSeconds, isMatching },
}: {
  backlog: BacklogSummary
}) {
  if (events === 0) return <span className="text-quiet">none</span>
  return (
    <span className="numeric">
      {events.toLocaleString('en')}
      {isCapped && '+'}
      {ageSeconds !== null && (
        <span className="block whitespace-nowrap text-quiet text-xs">
          oldest {formatDuration(ageSeconds)}
        </span>
      )}
      {isMatching && <span className="block text-quiet text-xs">being matched with the ledger</span>}
    </span>
  )
}
