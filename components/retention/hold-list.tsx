import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { FormAction } from '@/lib/errors/form-state'
import type { Hold } from '@/lib/holds/hold'
import { ReleaseHoldButton } from './release-hold-button'

type Props = { holds: Hold[]; release: FormAction<void> | undefined }

/** Legal holds, active and past ones. */
export function HoldList({ holds, release }: Props) {
  if (holds.length === 0) return <p className="text-quiet text-sm">No legal hold was ever placed.</p>
  return (
    <ul className="divide-y divide-line text-sm">
      {holds.map((hold) => (
        <li key={hold.id} className="flex flex-wrap items-start gap-x-3 gap-y-1 py-2">
          {hold.isActive ? <Badge tone="warning">active</Badge> : <Badge>ended</Badge>}
          <div className="min-w-0 flex-1 basis-56">
            <p className="wrap-anywhere">{visibleText(hold.reason)}</p>
            <p className="wrap-anywhere text-quiet text-xs">
              Placed <Time value={hold.placedAt.toISOString()} /> by {visibleText(hold.placedBy)}
              {hold.until && (
                <>
                  , until <Time value={hold.until.toISOString()} />
                </>
              )}
              {hold.releasedAt && (
                <>
                  . Released <Time value={hold.releasedAt.toISOString()} /> by{' '}
                  {visibleText(hold.releasedBy ?? '')}: {visibleText(hold.releaseReason ?? '')}
                </>
              )}
            </p>
          </div>
          {hold.isActive && release && (
            <ReleaseHoldButton id={hold.id} reason={hold.reason} release={release} />
          )}
        </li>
      ))}
    </ul>
  )
}
