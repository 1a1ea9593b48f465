'use client'

import { Field } from '@/components/form/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { FilterMenu } from './filter-menu'
import { fieldPathsOf } from './filter-names'
import { AddButtons, ValueChecklist } from './filter-values'
import { summarize } from './summarize-values'
import { useTrail } from './trail-navigation'

const TYPED = { autoComplete: 'off', spellCheck: false, maxLength: 1024 } as const

/** Compares what senders put into `data` and `custom`, by the path to it. */
export function FieldFilter() {
  const { params } = useTrail()
  const paths = fieldPathsOf(params)
  return (
    <FilterMenu label="Field" value={summarize(paths)} wide>
      <fieldset className="grid gap-3">
        <legend className="sr-only">A field inside the event</legend>
        <Field label="Path" hint="Names joined by dots, such as request.id; \. is a dot within a name.">
          {(control) => (
            <span className="flex gap-1.5">
              <span className="w-28 shrink-0">
                <Select name="fieldIn" aria-label="In" defaultValue="data">
                  <option value="data">data.</option>
                  <option value="custom">custom.</option>
                </Select>
              </span>
              <Input name="fieldPath" {...TYPED} {...control} />
            </span>
          )}
        </Field>
        <Field label="Value" hint="Written out; compares text, numbers, true and false.">
          {(control) => (
            <span className="flex gap-1.5">
              <Input name="fieldValue" {...TYPED} {...control} />
              <AddButtons name="fieldValue" />
            </span>
          )}
        </Field>
      </fieldset>
      {paths.map((path) => (
        <fieldset key={path} className="mt-3">
          <legend className="literal wrap-anywhere text-quiet">{path}</legend>
          <ValueChecklist name={path} />
        </fieldset>
      ))}
    </FilterMenu>
  )
}
