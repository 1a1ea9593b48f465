'use client'

import { useId } from 'react'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { MAX_PATTERN_LENGTH } from '@/lib/ledger/rules/definition'

type SelectProps<Value extends string> = {
  label: string
  value: Value
  options: readonly (readonly [value: Value, label: string])[]
  error?: string
  className?: string
  onChange: (value: Value) => void
}

/** A choice in the place of a word. */
export function WordSelect<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, error, className, onChange } = props
  const id = useId()
  return (
    <span className={`max-w-full ${className ?? ''}`}>
      <Select
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        value={value}
        onChange={({ target }) => {
          const chosen = options.find(([one]) => one === target.value)
          if (chosen) onChange(chosen[0])
        }}
      >
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </Select>
      <PartError id={id} error={error} />
    </span>
  )
}

type TextProps = {
  label: string
  value: string
  error: string | undefined
  /** Written out letter by letter. */
  isPattern?: boolean
  /** Of a list of suggestions. */
  listId?: string
  onChange: (text: string) => void
}

/** A text in the place of a word. */
export function TextPart({ label, value, error, isPattern = false, listId, onChange }: TextProps) {
  const id = useId()
  return (
    <span className="min-w-44 flex-1">
      <Input
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        value={value}
        list={listId}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={isPattern ? MAX_PATTERN_LENGTH : undefined}
        className={isPattern ? 'literal' : undefined}
        onChange={({ target }) => onChange(target.value)}
      />
      <PartError id={id} error={error} />
    </span>
  )
}

function PartError({ id, error }: { id: string; error: string | undefined }) {
  if (!error) return null
  return (
    <span id={id} className="wrap-anywhere mt-0.5 block text-danger text-xs">
      {error}
    </span>
  )
}
