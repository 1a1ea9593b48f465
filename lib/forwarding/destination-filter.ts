import { AppError } from '@/lib/errors/app-error'
import { LEVELS, type Level } from '@/lib/event/levels'
import type { TrailFilter } from '@/lib/trail/filter'
import { filterToSearchParams, parseFilter } from '@/lib/trail/filter-url'

/** A filter as people choose it: log types, levels, and the rest as a query string. */
export type ChosenFilter = { types: string[]; levels: Level[]; filter: string }

const choice = <T>(values: readonly T[]) => ({ include: [...new Set(values)], exclude: [] })

/** What these mean changes with the ledger. */
const ENTITY_FILTERS = ['actorEntity', 'targetEntity']

/** What a destination forwards, as the filter that everything else reads the trail by. Throws `invalid`. */
export function toTrailFilter({ types, levels, filter }: ChosenFilter): TrailFilter {
  const rest = parseRest(filter)
  if (rest.type && types.length > 0) throw invalid('Choose log types above or in the filter, not in both.')
  // What is judged later than it came, or once more, must be judged alike.
  if ([rest.from, rest.to].some((moment) => moment?.startsWith('-')))
    throw invalid('A time back from now means something else each time. Give a date and time with zone.')
  const entityFilter = ENTITY_FILTERS.find((name) => name in rest)
  if (entityFilter)
    throw invalid(
      `${entityFilter} is no filter here: whom an event belongs to changes with the ledger, and what was judged must stay judged. Filter by actor or target.`,
    )
  if (rest.level && levels.length > 0) throw invalid('Choose log levels above or in the filter, not in both.')
  return {
    ...rest,
    ...(types.length > 0 && { type: choice(types) }),
    ...(levels.length > 0 && { level: choice(levels) }),
  }
}

/** The same the other way round. */
export function fromTrailFilter({ type, level, ...rest }: TrailFilter): ChosenFilter {
  const isPlain = (chosen: { exclude: unknown[] } | undefined) => chosen?.exclude.length === 0
  const others = {
    ...rest,
    ...(type && !isPlain(type) && { type }),
    ...(level && !isPlain(level) && { level }),
  }
  return {
    types: type && isPlain(type) ? type.include : [],
    levels: level && isPlain(level) ? LEVELS.filter((name) => level.include.includes(name)) : [],
    filter: filterToSearchParams(others).toString(),
  }
}

function parseRest(text: string): TrailFilter {
  try {
    return parseFilter(new URLSearchParams(text))
  } catch (error) {
    throw error instanceof AppError ? invalid(error.message) : error
  }
}

function invalid(detail: string): AppError {
  const violations = [{ pointer: '/filter', code: 'invalid', detail }]
  return new AppError('invalid', 'Please check the marked fields.', { violations })
}
