'use client'

import { Combobox } from '@base-ui/react/combobox'
import { X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { MultiSelectList } from './multi-select-list'

export type Option = { value: string; label?: string; hint?: string; mark?: ReactNode }

type Props = {
  name: string
  options: readonly Option[]
  defaultValue?: readonly string[]
  onValuesChange?: (values: readonly string[]) => void
  placeholder?: string
  /** Values that are not in the list can be typed too. */
  allowOther?: boolean
  id?: string
  'aria-describedby'?: string
  'aria-invalid'?: boolean
}

/** Several values of a list: type to narrow it, × or Backspace takes one out. Sent as one form field each. */
export function MultiSelect({
  name,
  options,
  defaultValue,
  onValuesChange,
  placeholder,
  allowOther = false,
  ...control
}: Props) {
  const [values, setValues] = useState<string[]>([...(defaultValue ?? [])])
  const [query, setQuery] = useState('')
  const known = new Map(options.map((option) => [option.value, option]))
  const items = [...new Set([...known.keys(), ...values])]
  const typed = query.trim()
  if (allowOther && typed && !items.includes(typed)) items.push(typed)
  const labelOf = (value: string) => known.get(value)?.label ?? value

  return (
    <Combobox.Root
      multiple
      items={items}
      itemToStringLabel={labelOf}
      value={values}
      onValueChange={(next, { reason }) => {
        // The Escape that finds the list closed would silently take out all that was chosen.
        if (reason === 'escape-key') return
        setValues(next)
        setQuery('')
        onValuesChange?.(next)
      }}
      inputValue={query}
      onInputValueChange={setQuery}
      autoHighlight
    >
      {values.map((value) => (
        <input key={value} type="hidden" name={name} value={value} />
      ))}
      <Combobox.InputGroup className="flex min-h-8 w-full cursor-text flex-wrap items-center gap-1 rounded-md border border-edge bg-surface px-1 py-0.5 focus-within:outline-2 focus-within:outline-accent focus-within:-outline-offset-1 has-aria-invalid:border-danger">
        <Combobox.Chips className="flex w-full flex-wrap items-center gap-1">
          {values.map((value) => (
            <Combobox.Chip
              key={value}
              aria-label={labelOf(value)}
              className="flex h-6 items-center gap-0.5 rounded-sm bg-accent-soft pl-1.5 text-accent text-xs outline-none focus-within:outline-2 focus-within:outline-accent data-highlighted:outline-2 data-highlighted:outline-accent"
            >
              {labelOf(value)}
              <Combobox.ChipRemove
                aria-label={`Remove ${labelOf(value)}`}
                className="grid size-6 place-items-center rounded-sm hover:text-ink [&_svg]:size-3"
              >
                <X aria-hidden />
              </Combobox.ChipRemove>
            </Combobox.Chip>
          ))}
          <Combobox.Input
            placeholder={values.length === 0 ? placeholder : undefined}
            className="h-6 min-w-24 flex-1 bg-transparent px-1.5 text-sm outline-none pointer-coarse:h-9 pointer-coarse:text-[1rem]"
            {...control}
          />
        </Combobox.Chips>
      </Combobox.InputGroup>
      <MultiSelectList options={known} typed={typed} />
    </Combobox.Root>
  )
}
