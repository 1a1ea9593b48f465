import { axisLabels } from './histogram-words'

type Props = {
  slots: readonly { from: string; to: string }[]
  timeZone: string
  /** Labels between the first and the last. */
  between: number
  /** Whether every second one is left out where the screen is narrow. */
  isThinned?: boolean
}

/** The moments under a plot, which its own words tell as well. */
export function TimeAxis({ slots, timeZone, between, isThinned = false }: Props) {
  return (
    <p aria-hidden className="numeric mt-1 flex justify-between gap-2 text-2xs text-quiet">
      {axisLabels(slots, timeZone, between).map((label, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two places of a short range may read the same
        <span key={index} className={isThinned && index % 2 === 1 ? 'max-sm:hidden' : undefined}>
          {label}
        </span>
      ))}
    </p>
  )
}
