import type { LineProblem } from '@/lib/collection/lines/line-view'

type Path = readonly (string | number)[]

/** What is wrong with exactly that place of a definition. */
export function problemAt(problems: readonly LineProblem[], ...path: Path): string | undefined {
  const found = problems.filter((problem) => isSamePath(problem.path, path))
  return found.length > 0 ? found.map(({ message }) => message).join(' ') : undefined
}

/** What is wrong with that place and all below it. */
export function problemsBelow(problems: readonly LineProblem[], ...path: Path): LineProblem[] {
  return problems.filter((problem) => path.every((part, at) => problem.path[at] === part))
}

const isSamePath = (a: Path, b: Path) => a.length === b.length && a.every((part, at) => part === b[at])

/** Where a problem is, for people: `Step 2, Join`. */
export function placeWords({ path }: LineProblem, stepLabels: readonly string[]): string {
  const [part, at] = path
  if (part === 'steps' && typeof at === 'number') return `Step ${at + 1}, ${stepLabels[at] ?? 'gone'}`
  if (part === 'target') return at === undefined ? 'Log target' : `Log target, ${at}`
  return part === 'source' ? 'Source' : 'Line'
}
