import { AppError, type Violation } from '@/lib/errors/app-error'
import { nearestName } from '@/lib/event/nearest-name'
import { CHOICE_NAMES, type ChoiceName, type TrailFilter, trailFilterSchema } from './filter'

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

/**
 * Reads a filter from a query string: every filter repeatable, `!` before a value excludes it (`\!` is a value
 * that begins with an exclamation mark), empty values count as absent. `others` are parameters that the caller
 * reads itself. Throws `invalid` with one violation for each parameter that is wrong.
 */
export function parseFilter(params: URLSearchParams, others: readonly string[] = []): TrailFilter {
  const raw: Record<string, unknown> = {}
  const violations: Violation[] = []
  for (const [name, value] of params) {
    if (others.includes(name)) continue
    if (!isChoice(name) && !isSingle(name)) {
      violations.push(unknownParameter(name, [...CHOICE_NAMES, ...SINGLE_NAMES, ...others]))
    } else if (value === '') {
      // An empty field of a form.
    } else if (isSingle(name)) {
      raw[name] = value
    } else {
      raw[name] ??= { include: [], exclude: [] }
      const choice = raw[name] as { include: string[]; exclude: string[] }
      if (value.startsWith('!')) choice.exclude.push(value.slice(1))
      else choice.include.push(value.startsWith('\\!') ? value.slice(1) : value)
    }
  }
  const parsed = trailFilterSchema.safeParse(raw)
  if (!parsed.success) {
    for (const { path, code, message } of parsed.error.issues)
      violations.push({ pointer: `/${String(path[0])}`, code, detail: message })
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
  for (const name of CHOICE_NAMES) {
    for (const value of filter[name]?.include ?? [])
      params.append(name, value.startsWith('!') ? `\\${value}` : value)
    for (const value of filter[name]?.exclude ?? []) params.append(name, `!${value}`)
  }
  for (const name of SINGLE_NAMES) {
    const value = filter[name]
    if (value) params.set(name, value)
  }
  return params
}
