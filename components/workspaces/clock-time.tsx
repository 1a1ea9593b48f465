'use client'

import { useEffect, useState } from 'react'
import { timeIn } from './time-in'

/** Often enough for minutes. */
const TICK_MS = 5_000

/** What the clock shows in a time zone; `now` is what it showed when the page was made. */
export function ClockTime({ timeZone, now }: { timeZone: string; now: string }) {
  const [shown, setShown] = useState(now)
  useEffect(() => {
    const show = () => setShown(timeIn(timeZone, new Date()))
    show()
    const timer = setInterval(show, TICK_MS)
    return () => clearInterval(timer)
  }, [timeZone])
  return <span className="numeric">{shown}</span>
}
