import type { LineDefinition } from './definition'
import { type SavedLine, subLinesOf } from './line-parts'
import type { LineProblem } from './line-view'

/** Lines within lines; deeper ones are understood by nobody. */
const MAX_DEPTH = 5
/** Times that lines are called for one row, all together: each is work for every row. */
const MAX_CALLS = 100

type Lines = ReadonlyMap<string, SavedLine>
/** Where a definition is found to be called too deep, or by itself. */
type Trouble = { circle: string[] } | { isTooDeep: true } | undefined

function findTrouble(id: string, lines: Lines, above: readonly string[]): Trouble {
  if (above.includes(id)) return { circle: [...above.slice(above.indexOf(id)), id] }
  if (above.length > MAX_DEPTH) return { isTooDeep: true }
  for (const called of subLinesOf(lines.get(id)?.definition ?? NOTHING)) {
    const trouble = findTrouble(called, lines, [...above, id])
    if (trouble) return trouble
  }
  return undefined
}

const NOTHING: LineDefinition = { source: { attributes: [] }, steps: [], target: {} }

/** Of lines without circles. */
function countCalls(definition: LineDefinition, lines: Lines, known: Map<string, number>): number {
  let calls = 0
  for (const id of subLinesOf(definition)) {
    const line = lines.get(id)
    const own = known.get(id) ?? (line ? countCalls(line.definition, lines, known) : 0)
    known.set(id, own)
    calls += 1 + own
  }
  return calls
}

/**
 * What is wrong with how lines call each other: lines that are missing, circles, too deep or too many calls. `self` is
 * the line that the definition is of, where there is one already.
 */
export function checkCalls(definition: LineDefinition, lines: Lines, self?: string): LineProblem[] {
  const nameOf = (id: string) => (id === self ? 'this line' : (lines.get(id)?.name ?? 'a line that is gone'))
  const problems = definition.steps.flatMap((step, at): LineProblem[] => {
    if (step.kind !== 'line') return []
    const path = ['steps', at, 'lineId']
    if (step.lineId === self) return [{ path, message: 'A line cannot call itself.' }]
    if (!lines.has(step.lineId))
      return [{ path, message: 'There is no such line any more. Choose another one.' }]
    const trouble = findTrouble(step.lineId, lines, self ? [self] : [])
    if (!trouble) return []
    if ('isTooDeep' in trouble)
      return [{ path, message: `Lines may call lines ${MAX_DEPTH} deep, and this goes deeper.` }]
    const circle = trouble.circle.map(nameOf).join(' calls ')
    return [{ path, message: `Lines may not call each other in a circle, and here ${circle}.` }]
  })
  if (problems.length > 0) return problems
  const calls = countCalls(definition, lines, new Map())
  if (calls <= MAX_CALLS) return []
  return [
    {
      path: ['steps'],
      message: `For each row ${calls} lines would be called, and at most ${MAX_CALLS} are.`,
    },
  ]
}
