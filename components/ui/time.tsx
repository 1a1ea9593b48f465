'use client'

import { formatRelative, formatTime, splitTime } from './format-time'
import { useTimeZone } from './time-zone'

type Props = { value: string; millis?: boolean; zone?: boolean }

/** A moment, absolute; how long ago it was appears on hover. `zone={false}` where a heading names it. */
export function Time({ value, millis = false, zone = true }: Props) {
  const timeZone = useTimeZone()
  const parts = splitTime(value, timeZone)
  return (
    <time
      dateTime={value}
      className="numeric whitespace-nowrap text-xs"
      // Computed on hover: rendered, it would age, and differ between server and browser.
      onPointerEnter={({ currentTarget }) => {
        currentTarget.title = `${formatRelative(value, Date.now())} · ${formatTime(value, timeZone)}`
      }}
    >
      {parts.date} {parts.time}
      {millis && <span className="text-quiet">{parts.millis}</span>}
      {zone && <span className="text-quiet"> {parts.zone}</span>}
    </time>
  )
}
