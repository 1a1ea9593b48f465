import type { ReactNode } from 'react'
import { Field } from '@/components/form/field'
import { Select } from '@/components/ui/select'

type Props = {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  /** Stands first where nothing is chosen. */
  blank?: string
  hint?: ReactNode
  error?: string
  onChange: (value: string) => void
}

export function ChoiceField({ label, value, options, blank, hint, error, onChange }: Props) {
  const isKnown = value === '' || options.some((option) => option.value === value)
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <Select {...control} value={value} onChange={({ target }) => onChange(target.value)}>
          {blank && <option value="">{blank}</option>}
          {!isKnown && <option value={value}>removed</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
