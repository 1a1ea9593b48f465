import { AutoRefresh } from '@/components/ui/auto-refresh'

/** Soon enough to feel live, rare enough to cost nothing. */
const EVERY_MS = 2000

/** A line that turns into the first event when it arrives. */
export function WaitForEvent() {
  return (
    <p className="flex items-center gap-2 text-quiet text-sm">
      <AutoRefresh everyMs={EVERY_MS} />
      <span aria-hidden className="relative flex size-2 shrink-0">
        <span className="absolute inline-flex size-full animate-ping rounded-full bg-accent opacity-60 motion-reduce:hidden" />
        <span className="relative inline-flex size-2 rounded-full bg-accent" />
      </span>
      Waiting for your first event. It appears here by itself.
    </p>
  )
}
