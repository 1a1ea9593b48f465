import type { ReactNode } from 'react'
import { LevelBadge } from '@/components/ui/level-badge'
import type { DestinationView } from '@/lib/forwarding/destination-view'
import { FilterSummary } from './filter-summary'
import { ruleWords, splitRule } from './masking-texts'

/** Which events a destination gets, and what it does not see of them. */
export function filterRows(d: DestinationView, typesLabel: string): [string, ReactNode][] {
  return [
    [typesLabel, d.types.length > 0 ? d.types.join(', ') : 'all'],
    ['Log Levels', d.levels.length > 0 ? <Levels key="levels" levels={d.levels} /> : 'all'],
    ['Further filter', d.filter && <FilterSummary key="filter" query={d.filter} />],
    ['Matched names', d.carriesMatches ? 'carried' : 'not carried'],
    ['Masking', d.masking.length > 0 && <Masking key="masking" rules={d.masking} />],
  ]
}

function Masking({ rules }: { rules: readonly string[] }) {
  return (
    <ul>
      {rules.map((rule) => {
        const { how, path } = splitRule(rule)
        return (
          <li key={rule}>
            <span className="literal wrap-anywhere">{path}</span>{' '}
            <span className="text-quiet text-xs">{ruleWords(how)}</span>
          </li>
        )
      })}
    </ul>
  )
}

function Levels({ levels }: { levels: DestinationView['levels'] }) {
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {levels.map((level) => (
        <LevelBadge key={level} level={level} />
      ))}
    </span>
  )
}
