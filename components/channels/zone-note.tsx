import Link from 'next/link'

/** By which clock a time of the day is meant, and what it showed when the page was made: `21:15`. */
export type WorkspaceClock = { timeZone: string; now: string; settingsHref: string }

export function ZoneNote({ clock: { timeZone, now, settingsHref } }: { clock: WorkspaceClock }) {
  return (
    <p className="-mt-3 text-quiet text-xs">
      The workspace’s time zone is{' '}
      <Link href={settingsHref} className="rounded-sm underline underline-offset-3">
        {timeZone}
      </Link>
      : it was <span className="numeric">{now}</span> there when this page was opened.
    </p>
  )
}
