'use client'

import { useState } from 'react'
import type { ControlProps } from '@/components/form/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { fromUnit, inUnit, TIME_UNITS, unitFor } from './time-units'

type Props = { label: string; value: string; onChange: (value: string) => void; control: ControlProps }

/** A length of time as a number and its unit; the value is in seconds. */
export function SecondsInput({ label, value, onChange, control }: Props) {
  const [wanted, setWanted] = useState(() => unitFor(value))
  const shown = inUnit(value, wanted)
  // What is set from elsewhere may be no whole number of the unit that was chosen last.
  const unit = shown === undefined ? unitFor(value) : wanted
  const text = shown ?? inUnit(value, unit) ?? value
  return (
    <span className="flex gap-2">
      <Input
        inputMode="numeric"
        autoComplete="off"
        className="w-24"
        value={text}
        onChange={({ target }) => onChange(fromUnit(target.value, unit))}
        {...control}
      />
      <Select
        aria-label={`${label}: unit`}
        className="max-w-32"
        value={unit}
        onChange={({ target }) => {
          const next = Number(target.value)
          setWanted(next)
          onChange(fromUnit(text, next))
        }}
      >
        {TIME_UNITS.map(({ seconds, label: name }) => (
          <option key={seconds} value={seconds}>
            {name}
          </option>
        ))}
      </Select>
    </span>
  )
}
