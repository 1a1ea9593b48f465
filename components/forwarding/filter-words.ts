import { activeNames, filterLabel } from '@/components/trail/filter-names'
import { isExcluding, plainValue } from '@/components/trail/trail-url'

/** One part of a filter, for people: `Action` `is one of` `deleted, removed`. */
export type FilterPart = { label: string; verb: string; values: string[] }

/** What a filter means, part by part; all of them must hold. Parts that no trail knows are left out. */
export function filterParts(query: string): FilterPart[] {
  const params = new URLSearchParams(query)
  const chosen = activeNames(params).flatMap((name) => {
    const raws = params.getAll(name).filter((raw) => raw !== '')
    const values = (excludes: boolean) =>
      raws.filter((raw) => isExcluding(raw) === excludes).map((raw) => plainValue(raw))
    return [false, true].map((excludes) => ({
      label: filterLabel(name),
      verb: verbOf(name, excludes, values(excludes).length > 1),
      values: values(excludes),
    }))
  })
  const single = ([name, label, verb]: readonly [string, string, string]) => ({
    label,
    verb,
    values: params.getAll(name).filter((value) => value !== ''),
  })
  return [...chosen, ...SINGLES.map(single)].filter(({ values }) => values.length > 0)
}

const SINGLES = [
  ['minLevel', 'Level', 'is at least'],
  ['from', 'Time', 'is from'],
  ['to', 'Time', 'is before'],
] as const

function verbOf(name: string, excludes: boolean, isMany: boolean): string {
  if (name === 'q') return excludes ? (isMany ? 'has none of' : 'lacks') : isMany ? 'has all of' : 'has'
  if (isMany) return excludes ? 'is none of' : 'is one of'
  return excludes ? 'is not' : 'is'
}
