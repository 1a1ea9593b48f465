'use client'

import { Field } from '@/components/form/field'
import { Checkbox } from '@/components/ui/checkbox'
import type { FieldDeclaration } from '@/lib/delivery/destinations/fields'
import { ChoiceButtons } from './choice-buttons'
import { DeclaredControl } from './declared-control'
import type { FieldValue } from './field-values'

export type DeclaredFieldProps = {
  field: FieldDeclaration
  value: FieldValue
  error: string | undefined
  /** Whether a secret of this name is stored already. */
  isStored: boolean
  knownTypes: readonly string[]
  onChange: (value: FieldValue) => void
}

/** One field of a kind, as its declaration says. */
export function DeclaredField(props: DeclaredFieldProps) {
  const { field, value, error, isStored, onChange } = props
  if (field.control === 'switch')
    return (
      <div>
        <Checkbox
          label={field.label}
          hint={field.hint}
          checked={value === true}
          aria-invalid={error ? true : undefined}
          onChange={({ target }) => onChange(target.checked)}
        />
        {error && <p className="text-danger text-xs">{error}</p>}
      </div>
    )
  if (field.control === 'buttons')
    return (
      <ChoiceButtons
        legend={field.label}
        options={field.options ?? []}
        value={String(value)}
        hint={hintOf(field, value, isStored)}
        error={error}
        onChange={onChange}
      />
    )
  return (
    <Field
      label={field.label}
      optional={field.optional && !isStored}
      hint={hintOf(field, value, isStored)}
      error={error}
    >
      {(control) => <DeclaredControl {...props} control={control} />}
    </Field>
  )
}

function hintOf({ control, hint, options }: FieldDeclaration, value: FieldValue, isStored: boolean) {
  if (control === 'secret' && isStored)
    return `Stored and never shown; leave it empty to keep it. ${hint ?? ''}`
  const isChoice = control === 'choice' || control === 'buttons'
  const chosen = isChoice && options?.find((option) => option.value === value)?.hint
  if (!chosen) return hint
  return hint ? `${hint} ${chosen}` : chosen
}
