import type { KeyboardEvent } from 'react'

/** Marks the link that opens a row. */
export const ROW_LINK = { 'data-row-link': '' }

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
const SIDE_STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 }
const STOPS = '[data-row-link], [data-value]'

/** Moves the focus to the next or previous row's link, and inside a row from value to value, when it stands on one. */
export function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const from = event.target as HTMLElement
  if (!from.matches(STOPS) || event.altKey || event.metaKey || event.ctrlKey) return
  const next = SIDE_STEPS[event.key]
    ? stepFrom(from, from.closest('tr')?.querySelectorAll<HTMLElement>(STOPS), SIDE_STEPS[event.key])
    : stepFrom(
        from.closest('tr')?.querySelector<HTMLElement>('[data-row-link]'),
        event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]'),
        STEPS[event.key],
      )
  if (!next) return
  event.preventDefault()
  next.focus()
}

function stepFrom(
  from: HTMLElement | null | undefined,
  among: Iterable<HTMLElement> | undefined,
  step: number | undefined,
): HTMLElement | undefined {
  if (!from || !among || !step) return undefined
  // What a narrow window hides can't take the focus.
  const shown = [...among].filter((element) => element.getClientRects().length > 0)
  return shown[shown.indexOf(from) + step]
}
