'use client'

import { type ReactNode, useId } from 'react'
import { FieldGroup } from '@/components/form/field-group'

type Choice = { value: string; label: string; icon?: ReactNode }

type Props = {
  legend: string
  options: readonly Choice[]
  value: string
  hint?: ReactNode
  error?: string
  /** Nothing else can be chosen any more. */
  disabled?: boolean
  onChange: (value: string) => void
}

/** One of a few values that stand side by side. Radio buttons beneath: one stop for Tab, the arrows choose. */
export function ChoiceButtons({ legend, options, value, hint, error, disabled, onChange }: Props) {
  const name = useId()
  return (
    <FieldGroup legend={legend} error={error}>
      <div className="flex flex-wrap gap-1.5">
        {options.map((option) => (
          <label
            key={option.value}
            className="relative inline-flex h-8 cursor-pointer items-center gap-2 rounded-md border border-rim bg-surface px-3 font-medium text-sm hover:bg-hover has-checked:border-accent has-checked:bg-accent has-focus-visible:outline-2 has-focus-visible:outline-accent has-checked:text-on-accent has-focus-visible:outline-offset-2 has-disabled:cursor-not-allowed has-[:disabled:not(:checked)]:opacity-55 pointer-coarse:h-10 [&_svg]:size-4"
          >
            <input
              type="radio"
              // The page's names are its own: nothing is sent by it.
              name={`$${name}`}
              value={option.value}
              checked={option.value === value}
              disabled={disabled}
              aria-invalid={error ? true : undefined}
              onChange={() => onChange(option.value)}
              // Over the whole label: whoever points at the one points at the other.
              className="absolute inset-0 cursor-pointer opacity-0 disabled:cursor-not-allowed"
            />
            {option.icon}
            {option.label}
          </label>
        ))}
      </div>
      {hint && <p className="mt-1 text-pretty text-quiet text-xs">{hint}</p>}
    </FieldGroup>
  )
}
