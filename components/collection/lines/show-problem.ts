import type { LineProblem } from '@/lib/collection/lines/line-view'

/** Brings a problem's place into sight and puts the cursor there: its field, or the part of the line that it is in. */
export function showProblem(
  page: HTMLElement | null,
  { path }: LineProblem,
  stepKey: number | undefined,
): void {
  const part = partOf(page, path[0], stepKey)
  const field = [...(part?.querySelectorAll<HTMLElement>('[aria-invalid=true]') ?? [])]
  const named = path[0] === 'target' ? field.find((one) => isFieldOf(one, String(path[1]))) : field[0]
  const place = named ?? part
  place?.scrollIntoView({ block: 'center' })
  const focused = named ?? part?.querySelector<HTMLElement>('input, textarea, select')
  focused?.focus({ preventScroll: true })
}

function partOf(page: HTMLElement | null, part: string | number | undefined, stepKey: number | undefined) {
  if (part === 'steps') return page?.querySelector<HTMLElement>(`[data-step="${stepKey}"]`)
  const label = part === 'target' ? 'Log target' : 'Source'
  return page?.querySelector<HTMLElement>(`section[aria-label="${label}"]`)
}

/** The label of a target's field ends with its name. */
const isFieldOf = (field: HTMLElement, name: string) =>
  document.querySelector(`label[for="${CSS.escape(field.id)}"] .literal`)?.textContent === name
