'use client'

import type { ReactNode } from 'react'
import { Field } from '@/components/form/field'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Input } from '@/components/ui/input'
import { isExcluding, plainValue, withoutValue, withValue } from './trail-url'

type Common = { name: string; params: URLSearchParams; go: (params: URLSearchParams) => void }

type ChecklistProps = Common & { options: readonly { value: string; label?: ReactNode; hint?: string }[] }

/** Checkboxes for the values there are, and for those that the address excludes or knows besides. */
export function ValueChecklist({ name, params, go, options }: ChecklistProps) {
  const chosen = params.getAll(name)
  const others = chosen
    .filter((raw) => !options.some(({ value }) => value === raw))
    .map((value) => ({ value }))
  const all: ChecklistProps['options'] = [...options, ...others]
  return all.map(({ value, label, hint }) => (
    <Checkbox
      key={value}
      name={name}
      value={value}
      checked={chosen.includes(value)}
      onChange={({ target }) => go((target.checked ? withValue : withoutValue)(params, name, value))}
      label={label ?? <FilterValue raw={value} />}
      hint={hint}
    />
  ))
}

/** A value as it stands in the address, in words. */
function FilterValue({ raw }: { raw: string }) {
  if (!isExcluding(raw)) return plainValue(raw)
  return (
    <>
      <span className="text-quiet">not </span>
      {plainValue(raw)}
    </>
  )
}

type TextProps = Common & { label: string; hint?: string; suggestions?: readonly string[] }

/** A value to type; those already chosen stand above it. */
export function ValueInput({ name, label, hint, params, go, suggestions }: TextProps) {
  const listId = suggestions && `${name}-suggestions`
  return (
    <div className="not-last:mb-3">
      <Field label={label} hint={hint}>
        {(control) => (
          <span className="flex gap-1.5">
            <Input
              name={name}
              list={listId}
              autoComplete="off"
              spellCheck={false}
              maxLength={1024}
              {...control}
            />
            <Button type="submit">Add</Button>
          </span>
        )}
      </Field>
      {suggestions && (
        <datalist id={listId}>
          {suggestions.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      )}
      <div className="mt-1">
        <ValueChecklist name={name} params={params} go={go} options={[]} />
      </div>
    </div>
  )
}
