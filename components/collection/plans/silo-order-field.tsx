'use client'

import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useRef } from 'react'
import { FieldGroup } from '@/components/form/field-group'
import { IconButton } from '@/components/ui/icon-button'
import { Select } from '@/components/ui/select'
import { moveItem } from './silo-order'

type Props = {
  value: readonly string[]
  /** Names of all silos. */
  known: readonly string[]
  error: string | undefined
  onChange: (silos: readonly string[]) => void
}

/** Silos in the order in which they are collected: the next begins when the one before has ended. */
export function SiloOrderField({ value, known, error, onChange }: Props) {
  const list = useRef<HTMLOListElement>(null)
  const rest = known.filter((name) => !value.includes(name))
  function move(index: number, step: -1 | 1) {
    onChange(moveItem(value, index, step))
    // The button moves with its silo, and so does the focus.
    requestAnimationFrame(() => {
      const row = list.current?.children[index + step]
      const buttons = [...(row?.querySelectorAll('button') ?? [])]
      const same = buttons[step === -1 ? 0 : 1]
      ;(same?.disabled ? buttons.find(({ disabled }) => !disabled) : same)?.focus()
    })
  }
  return (
    <FieldGroup
      legend="Silos, in their order"
      hint="Each begins when the one before it has ended."
      error={error}
    >
      {value.length > 0 && (
        <ol
          ref={list}
          className="mb-2 divide-y divide-line rounded-lg border border-line bg-surface"
          aria-label="Chosen silos"
        >
          {value.map((name, index) => (
            <li key={name} className="flex items-center gap-2 py-0.5 pr-1 pl-3 text-sm">
              <span aria-hidden className="numeric w-5 text-faint text-xs">
                {index + 1}
              </span>
              <span className="wrap-anywhere min-w-0 flex-1">{name}</span>
              <IconButton label={`Move ${name} up`} disabled={index === 0} onClick={() => move(index, -1)}>
                <ArrowUp aria-hidden />
              </IconButton>
              <IconButton
                label={`Move ${name} down`}
                disabled={index === value.length - 1}
                onClick={() => move(index, 1)}
              >
                <ArrowDown aria-hidden />
              </IconButton>
              <IconButton
                label={`Take ${name} out`}
                onClick={() => onChange(value.filter((other) => other !== name))}
              >
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ol>
      )}
      {rest.length > 0 ? (
        <Select
          aria-label="Add a silo"
          className="max-w-72"
          value=""
          onChange={({ target }) => target.value && onChange([...value, target.value])}
        >
          <option value="">Add a silo …</option>
          {rest.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      ) : (
        <p className="text-quiet text-xs">
          {known.length === 0 ? 'There is no silo yet: create one first.' : 'All silos are in the plan.'}
        </p>
      )}
    </FieldGroup>
  )
}
