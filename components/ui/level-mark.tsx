import type { Level } from '@/lib/event/levels'

const COLORS: Record<Level, string> = {
  trace: 'text-faint',
  debug: 'text-faint',
  info: 'text-quiet',
  notice: 'text-notice',
  warning: 'text-warning',
  error: 'text-danger',
  critical: 'text-critical',
}

const line = { fill: 'var(--mark-ground, none)', stroke: 'currentColor', strokeWidth: 1.5 }

/** A shape of its own for each level, so that nobody has to tell them apart by colour. */
const SHAPES: Record<Level, React.ReactNode> = {
  trace: <circle cx="6" cy="6" r="1.75" {...line} />,
  debug: <circle cx="6" cy="6" r="2.25" fill="currentColor" />,
  info: <circle cx="6" cy="6" r="3.75" {...line} />,
  notice: <circle cx="6" cy="6" r="4.25" fill="currentColor" />,
  warning: <path d="M6 1.2 11.2 10.5H.8Z" fill="currentColor" strokeLinejoin="round" />,
  error: <path d="M6 .6 11.4 6 6 11.4.6 6Z" fill="currentColor" />,
  critical: (
    <>
      <path d="M3.5 0h5L12 3.5v5L8.5 12h-5L0 8.5v-5Z" fill="currentColor" />
      <path d="M6 2.8v3.9M6 8.3v1.2" stroke="var(--color-on-critical)" strokeWidth="1.6" />
    </>
  ),
}

export function LevelMark({ level }: { level: Level }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className={`size-3 shrink-0 self-center ${COLORS[level]}`}>
      {SHAPES[level]}
    </svg>
  )
}

export function levelColor(level: Level): string {
  return COLORS[level]
}
