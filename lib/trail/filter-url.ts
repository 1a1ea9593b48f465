import { AppError, type Violation } from '@/lib/errors/app-error'
import { nearestName } from '@/lib/event/nearest-name'
import { CHOICE_NAMES, type ChoiceName, isFieldPath, type TrailFilter, trailFilterSchema } from './filter'

const SINGLE_NAMES = ['minLevel', 'from', 'to'] as const
type SingleName = (typeof SINGLE_NAMES)[number]

const isChoice = (name: string): name is ChoiceName => CHOICE_NAMES.some((known) => known === name)
const isSingle = (name: string): name is SingleName => SINGLE_NAMES.some((known) => known === name)

function unknownParameter(name: string, known: readonly string[]): Violation {
  const near = nearestName(name, known)
  const hint = near ? `did you mean ${near}?` : `known are ${known.join(', ')}`
  return {
    pointer: `/${name}`,
    code: 'unknown_parameter',
    detail: `there is no parameter ${name.slice(0, 100)}; ${hint}`,
  }
}

type RawChoice = { include: string[]; exclude: string[] }

function addValue(choice: RawChoice, value: string): void {
  if (value.startsWith('!')) choice.exclude.push(value.slice(1))
  else choice.include.push(/^\\+!/.test(value) ? value.slice(1) : value)
}

/** The choice with that name, made if it is not there yet. */
function choiceAt(choices: Record<string, unknown>, name: string): RawChoice {
  if (!Object.hasOwn(choices, name)) choices[name] = { include: [], exclude: [] }
  return choices[name] as RawChoice
}

/**
 * Reads a filter from a query string: every filter repeatable, `!` before a value excludes it (`\!` is a value
 * that begins with an exclamation mark), empty values count as absent. `data.request.id=…` and `custom.name=…`
 * compare inside the event's own fields. `others` are parameters that the caller
 * reads itself. Throws `invalid` with one violation for each parameter that is wrong.
 */
export function parseFilter(params: URLSearchParams, others: readonly string[] = []): TrailFilter {
  const raw: Record<string, unknown> = {}
  const violations: Violation[] = []
  for (const [name, value] of params) {
    if (others.includes(name)) continue
    const isField = isFieldPath(name)
    if (!isChoice(name) && !isSingle(name) && !isField) {
      violations.push(unknownParameter(name, [...CHOICE_NAMES, ...SINGLE_NAMES, ...others]))
    } else if (value === '') {
      // An empty field of a form.
    } else if (isSingle(name)) {
      raw[name] = value
    } else {
      if (isField) raw.fields ??= {}
      addValue(choiceAt(isField ? (raw.fields as Record<string, unknown>) : raw, name), value)
    }
  }
  const parsed = trailFilterSchema.safeParse(raw)
  if (!parsed.success) {
    for (const { path, code, message } of parsed.error.issues)
      violations.push({
        pointer: `/${String(path[0] === 'fields' ? (path[1] ?? 'fields') : path[0])}`,
        code,
        detail: message,
      })
  }
  if (violations.length > 0 || !parsed.success) {
    const [first] = violations
    const message = `The filter is not understood: ${first?.pointer.slice(1)}: ${first?.detail}.`
    throw new AppError('invalid', message, { violations })
  }
  return parsed.data
}

/** The filter as a query string that `parseFilter` reads back. */
export function filterToSearchParams(filter: TrailFilter): URLSearchParams {
  const params = new URLSearchParams()
  const choices = [
    ...CHOICE_NAMES.map((name) => [name, filter[name]] as const),
    ...Object.entries(filter.fields ?? {}),
  ]
  for (const [name, choice] of choices) {
    for (const value of choice?.include ?? []) params.append(name, /^\\*!/.test(value) ? `\\${value}` : value)
    for (const value of choice?.exclude ?? []) params.append(name, `!${value}`)
  }
  for (const name of SINGLE_NAMES) {
    const value = filter[name]
    if (value) params.set(name, value)
  }
  return params
}
