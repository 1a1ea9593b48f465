'use client'

import type { ReactNode } from 'react'
import { Field } from '@/components/form/field'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Input } from '@/components/ui/input'
import { visibleText } from '@/components/ui/visible-text'
import { useTrail } from './trail-navigation'
import { excluding, isExcluding, plainValue, withoutValue, withValue } from './trail-url'

type ChecklistProps = {
  name: string
  options?: readonly { value: string; label?: ReactNode; hint?: string }[]
}

/** Checkboxes for the values there are, and for those that the address excludes or knows besides. */
export function ValueChecklist({ name, options = [] }: ChecklistProps) {
  const { params, go } = useTrail()
  const chosen = params.getAll(name)
  const others = chosen
    .filter((raw) => !options.some(({ value }) => value === raw))
    .map((value) => ({ value }))
  const all: NonNullable<ChecklistProps['options']> = [...options, ...others]
  return all.map(({ value, label, hint }) => (
    <div key={value} className="group/value flex items-start justify-between gap-2">
      <div className="min-w-0 flex-1">
        <Checkbox
          name={name}
          value={value}
          checked={chosen.includes(value)}
          onChange={({ target }) => go((target.checked ? withValue : withoutValue)(params, name, value))}
          label={label ?? <FilterValue raw={value} />}
          hint={hint}
        />
      </div>
      {!isExcluding(value) && (
        <button
          type="button"
          aria-label={`Exclude ${value}`}
          onClick={() => go(withValue(params, name, excluding(plainValue(value))))}
          className="rounded-sm px-1 py-0.5 text-faint text-xs hover:text-ink hover:underline focus-visible:opacity-100 group-hover/value:opacity-100 pointer-coarse:py-2 pointer-coarse:opacity-100 md:opacity-0"
        >
          exclude
        </button>
      )}
    </div>
  ))
}

/** A value as it stands in the address, in words. */
function FilterValue({ raw }: { raw: string }) {
  return (
    <span className="wrap-anywhere">
      {isExcluding(raw) && <span className="text-quiet">not </span>}
      <bdi>{visibleText(plainValue(raw))}</bdi>
    </span>
  )
}

type TextProps = { name: string; label: string; hint?: string; suggestions?: readonly string[] }

/** A value to type, wanted or not; those already chosen stand under it. */
export function ValueInput({ name, label, hint, suggestions }: TextProps) {
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
            <AddButtons name={name} />
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
        <ValueChecklist name={name} />
      </div>
    </div>
  )
}

/** Take what was typed as wanted, or as unwanted. */
export function AddButtons({ name }: { name: string }) {
  return (
    <>
      <Button type="submit">Add</Button>
      <Button type="submit" name="not" value={name}>
        Exclude
      </Button>
    </>
  )
}
