import { visibleText } from '@/components/ui/visible-text'
import { filterParts } from './filter-words'

/** A filter as a person reads it, a part a line; nothing where it says nothing yet. */
export function FilterSummary({ query }: { query: string }) {
  const parts = filterParts(query)
  if (parts.length === 0) return null
  return (
    <ul className="flex flex-col gap-0.5">
      {parts.map(({ label, verb, values }) => (
        <li key={`${label} ${verb}`} className="wrap-anywhere">
          <span className="text-quiet">
            {label} {verb}
          </span>{' '}
          <bdi>{visibleText(values.join(', '))}</bdi>
        </li>
      ))}
    </ul>
  )
}
