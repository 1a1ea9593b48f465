'use client'

import { Field } from '@/components/form/field'
import { Textarea } from '@/components/ui/textarea'
import { FilterSummary } from './filter-summary'
import { filterText } from './filter-text'

/** About two lines of the field. */
const LONG = 120

type Props = { value: string; error: string | undefined; onChange: (value: string) => void }

/** What else events must match: typed, or pasted from the trail. */
export function FilterField({ value, error, onChange }: Props) {
  return (
    <Field
      label="Further filter"
      optional
      hint={
        <>
          As in the address of the trail: <code className="literal">actor=jdoe&amp;data.region=eu</code>,{' '}
          <code className="literal">status=fail</code>, <code className="literal">action=!read</code>. A
          pasted address works too.
        </>
      }
      error={error}
    >
      {(control) => (
        <>
          <Textarea
            rows={value.length > LONG ? 4 : 2}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            className="break-all font-mono text-xs"
            value={value}
            onChange={({ target }) => onChange(target.value)}
            onBlur={({ target }) => onChange(filterText(target.value))}
            {...control}
          />
          <div className="rounded-md bg-sunken px-3 py-2 text-xs empty:hidden">
            <FilterSummary query={filterText(value)} />
          </div>
        </>
      )}
    </Field>
  )
}
