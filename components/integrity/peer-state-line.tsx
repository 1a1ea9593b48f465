import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import type { PeerState } from '@/lib/integrity/anchor/settings'

/** How it goes with a witness or time-stamp authority; nothing where none is set. */
export function PeerStateLine({ state }: { state: PeerState | null }) {
  if (!state) return null
  const { anchoredAt, anchoredSize, failures, failMessage, failedAt, nextAt } = state
  return (
    <div className="flex flex-col gap-2 text-quiet text-xs">
      {failures > 0 && (
        <Notice
          kind="warning"
          title={failures === 1 ? 'The last try failed' : `The last ${failures} tries failed`}
        >
          <p className="wrap-anywhere">{failMessage}</p>
          {failedAt && <Time value={failedAt.toISOString()} />}
        </Notice>
      )}
      <p>
        {anchoredAt && anchoredSize !== null ? (
          <>
            Last confirmed <Time value={anchoredAt.toISOString()} /> at {anchoredSize.toLocaleString('en')}{' '}
            events.
          </>
        ) : (
          'Nothing was confirmed yet.'
        )}{' '}
        Asked next, if the log has grown by then: <Time value={nextAt.toISOString()} />.
      </p>
    </div>
  )
}
