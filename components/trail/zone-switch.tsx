'use client'

import { usePreferences } from '@/components/layout/use-preferences'
import { useTimeZone } from '@/components/ui/time-zone'
import { Tooltip } from '@/components/ui/tooltip'

/** The heading of the times names their zone; a click changes between UTC and the reader's own. */
export function ZoneSwitch() {
  const timeZone = useTimeZone()
  const { setTimeZone } = usePreferences()
  const isUtc = timeZone === 'UTC'
  return (
    <Tooltip hint={isUtc ? 'Show times in my time zone' : 'Show times in UTC'}>
      <button
        type="button"
        onClick={() => setTimeZone(isUtc ? 'local' : 'utc')}
        className="rounded-sm font-medium hover:text-ink"
      >
        Time{' '}
        <span className="underline decoration-dotted underline-offset-3">{isUtc ? 'UTC' : timeZone}</span>
      </button>
    </Tooltip>
  )
}

/** The zone beside the name of another column of times. */
export function ZoneName() {
  const timeZone = useTimeZone()
  return <span className="font-normal">{timeZone}</span>
}
