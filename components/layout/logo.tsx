import { joinClasses } from '@/components/ui/join-classes'

/** The print of a cloven hoof: what an antelope leaves behind, and what a tracker calls spoor. */
function SpoorPrint({ className }: { className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      fill="currentColor"
      className={joinClasses('size-5', className)}
    >
      <path d="M11.1 2.2C7 4.2 4.6 9.3 4.7 14.2c.1 3.4 1.9 5.3 3.9 5.1 1.9-.2 2.6-1.9 2.6-4.4 0-4.2-.6-8.3-.1-12.7Z" />
      <path d="M12.9 2.2C17 4.2 19.4 9.3 19.3 14.2c-.1 3.4-1.9 5.3-3.9 5.1-1.9-.2-2.6-1.9-2.6-4.4 0-4.2.6-8.3.1-12.7Z" />
      <circle cx="8.3" cy="21.9" r="1.1" />
      <circle cx="15.7" cy="21.9" r="1.1" />
    </svg>
  )
}

export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 text-ink">
      <SpoorPrint className="-rotate-12 text-accent" />
      <span className="font-semibold text-lg tracking-[-0.03em]">Spoor</span>
    </span>
  )
}

const STEPS = [
  'left-0 top-9 opacity-30',
  'left-8 top-12 opacity-45',
  'left-16 top-5 opacity-60',
  'left-24 top-8 opacity-80',
  'left-32 top-0',
]

/** A track across the page, fresher at its end: stands where a trail begins. */
export function SpoorTrack() {
  return (
    <span aria-hidden className="relative inline-block h-18 w-38 text-accent">
      {STEPS.map((place) => (
        <SpoorPrint key={place} className={joinClasses('absolute rotate-[64deg]', place)} />
      ))}
    </span>
  )
}
