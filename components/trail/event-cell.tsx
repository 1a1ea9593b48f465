import { ROW_LINK } from '@/components/data-table/move-by-arrows'
import { SealWords } from '@/components/integrity/seal-mark'
import { StatusBadge } from '@/components/ui/status-badge'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { MatchedName } from './matched-name'
import type { TrailRow } from './trail-row'
import type { TrailAddress } from './value-link'

type Props = { row: TrailRow; address: TrailAddress }

/** What happened, as the link to all of it; on a phone the rest of the row stands underneath. */
export function EventCell({ row, address: { path, query } }: Props) {
  return (
    <>
      <a
        // The event's page leads back to this very view.
        href={`${path}/${row.id}${query && `?${query}`}`}
        className="wrap-anywhere line-clamp-2 rounded-sm text-ink underline-offset-3 hover:underline max-lg:line-clamp-3"
        {...ROW_LINK}
      >
        <bdi>{visibleText(row.text)}</bdi>
      </a>
      <p className="mt-0.5 flex flex-wrap gap-x-3 text-quiet text-xs lg:hidden">
        <Time value={row.occurredAt} />
        <span>{row.level}</span>
        <span>{row.type}</span>
        <StatusBadge status={row.status} />
        {row.matched && <MatchedNames matched={row.matched} />}
        <SealWords seq={row.seq} isErased={row.erased ?? false} />
      </p>
    </>
  )
}

/** On a phone the columns with these names are hidden. */
function MatchedNames({ matched: { actor, target } }: { matched: NonNullable<TrailRow['matched']> }) {
  return (
    <>
      {actor && <span className="wrap-anywhere">by {wordsOf(actor)}</span>}
      {target && <span className="wrap-anywhere">to {wordsOf(target)}</span>}
    </>
  )
}

function wordsOf({ display, raw, candidates }: MatchedName): string {
  if (candidates) return visibleText(`${raw}, one of ${candidates.join(', ')}`)
  return visibleText(display === undefined || display === raw ? raw : `${display} (${raw})`)
}
