'use client'

import { Field } from '@/components/form/field'
import { LevelMark } from '@/components/ui/level-mark'
import { MultiSelect } from '@/components/ui/multi-select'
import { LEVEL_MEANINGS, LEVELS } from '@/lib/event/levels'
import { FilterField } from './filter-field'

const LEVEL_OPTIONS = LEVELS.map((value) => ({
  value,
  hint: LEVEL_MEANINGS[value],
  mark: <LevelMark level={value} />,
}))

export type EventChoice = { types: readonly string[]; levels: readonly string[]; filter: string }

type Props = {
  chosen: EventChoice
  errors: Readonly<Record<string, string | undefined>>
  knownTypes: readonly string[]
  onChange: (part: Partial<EventChoice>) => void
}

/** Which events a destination gets. */
export function EventFields({ chosen, errors, knownTypes, onChange }: Props) {
  return (
    <>
      <Field label="Log Types" hint="None chosen means all." error={errors.types}>
        {(control) => (
          <MultiSelect
            name="types"
            options={knownTypes.map((value) => ({ value }))}
            defaultValue={chosen.types}
            placeholder="All types"
            onValuesChange={(types) => onChange({ types })}
            allowOther
            {...control}
          />
        )}
      </Field>
      <Field label="Log Levels" hint="None chosen means all." error={errors.levels}>
        {(control) => (
          <MultiSelect
            name="levels"
            options={LEVEL_OPTIONS}
            defaultValue={chosen.levels}
            placeholder="All levels"
            onValuesChange={(levels) => onChange({ levels })}
            {...control}
          />
        )}
      </Field>
      <FilterField value={chosen.filter} error={errors.filter} onChange={(filter) => onChange({ filter })} />
    </>
  )
}
