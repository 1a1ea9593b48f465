'use client'

import { Field } from '@/components/form/field'
import { FilterField } from '@/components/forwarding/filter-field'
import { filterText } from '@/components/forwarding/filter-text'
import { MultiSelect } from '@/components/ui/multi-select'
import { Select } from '@/components/ui/select'
import { LEVEL_MEANINGS, LEVELS, type Level } from '@/lib/event/levels'
import { levelsFrom, minimumOf } from './minimum-level'

export type Categories = { types: readonly string[]; levels: readonly string[]; filter: string }

type Props = {
  chosen: Categories
  errors: Readonly<Record<string, string | undefined>>
  knownTypes: readonly string[]
  /** Changes whenever the types were set from elsewhere: then the picker begins with them anew. */
  pickerKey: string
  onChange: (part: Partial<Categories>) => void
  trailPath: string
}

/** The same choice as the trail's address says it. */
function trailQuery({ types, levels, filter }: Categories): string {
  const params = new URLSearchParams(filterText(filter))
  for (const type of types) params.append('type', type)
  for (const level of levels) params.append('level', level)
  return params.toString()
}

/** As it is: what was chosen elsewhere may leave out levels in between. */
const AS_IT_IS = 'as-it-is'

/** Which events people are told of. */
export function CategoryFields({ chosen, errors, knownTypes, pickerKey, onChange, trailPath }: Props) {
  const minimum = minimumOf(chosen.levels)
  return (
    <>
      <Field
        label="Filter by these categories"
        hint="Log types, also called tags. Type to narrow the list down; none chosen means all."
        error={errors.types}
      >
        {(control) => (
          <MultiSelect
            key={pickerKey}
            name="types"
            options={knownTypes.map((value) => ({ value }))}
            defaultValue={chosen.types}
            placeholder="All categories"
            onValuesChange={(types) => onChange({ types })}
            allowOther
            {...control}
          />
        )}
      </Field>
      <Field label="Minimum level" hint={minimum ? LEVEL_MEANINGS[minimum] : undefined} error={errors.levels}>
        {(control) => (
          <Select
            className="max-w-64"
            value={minimum ?? AS_IT_IS}
            onChange={({ target }) => {
              if (target.value !== AS_IT_IS) onChange({ levels: levelsFrom(target.value as Level | '') })
            }}
            {...control}
          >
            {minimum === undefined && <option value={AS_IT_IS}>Only {chosen.levels.join(', ')}</option>}
            <option value="">All levels</option>
            {LEVELS.slice(1).map((level) => (
              <option key={level} value={level}>
                {level === 'critical' ? 'critical only' : `${level} and above`}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <FilterField value={chosen.filter} error={errors.filter} onChange={(filter) => onChange({ filter })} />
      <a
        href={`${trailPath}?${trailQuery(chosen)}`}
        target="_blank"
        rel="noreferrer"
        className="-mt-3 self-start rounded-sm text-accent text-xs underline-offset-3 hover:underline"
      >
        See these events in the trail
      </a>
    </>
  )
}
