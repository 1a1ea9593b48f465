'use client'

import { Field } from '@/components/form/field'
import { LevelBadge } from '@/components/ui/level-badge'
import { Select } from '@/components/ui/select'
import { LEVEL_MEANINGS, LEVELS } from '@/lib/event/levels'
import { FilterMenu } from './filter-menu'
import { ValueChecklist } from './filter-values'
import { summarize } from './summarize-values'
import { useTrail } from './trail-navigation'
import { withOnly } from './trail-url'

const OPTIONS = LEVELS.map((level) => ({
  value: level,
  label: <LevelBadge level={level} />,
  hint: LEVEL_MEANINGS[level],
}))

/** From a level upwards, or exactly the ticked ones. */
export function LevelFilter() {
  const { params, go } = useTrail()
  const least = params.get('minLevel')
  const exact = summarize(params.getAll('level'))
  return (
    <FilterMenu label="Level" value={[least && `${least} and above`, exact].filter(Boolean).join(', ')} wide>
      <div className="mb-3">
        <Field label="At least">
          {(control) => (
            <Select
              name="minLevel"
              value={least ?? ''}
              onChange={({ target }) => go(withOnly(params, 'minLevel', target.value))}
              {...control}
            >
              <option value="">any level</option>
              {LEVELS.map((level) => (
                <option key={level} value={level}>
                  {level}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <fieldset>
        <legend className="mb-1 font-medium text-sm">Exactly</legend>
        <ValueChecklist name="level" options={OPTIONS} />
      </fieldset>
    </FilterMenu>
  )
}
