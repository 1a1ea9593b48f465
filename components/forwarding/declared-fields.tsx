'use client'

import type { FieldDeclaration } from '@/lib/delivery/destinations/fields'
import { DeclaredField } from './declared-field'
import { type FieldSection, sectionOf } from './declared-section'
import { type FieldValue, type FieldValues, isShown } from './field-values'

type Props = {
  section: FieldSection
  fields: readonly FieldDeclaration[]
  values: FieldValues
  errors: Readonly<Record<string, string | undefined>>
  storedSecrets: readonly string[]
  knownTypes: readonly string[]
  onChange: (name: string, value: FieldValue) => void
}

/** The fields of one section that have a meaning at present. */
export function DeclaredFields({
  section,
  fields,
  values,
  errors,
  storedSecrets,
  knownTypes,
  onChange,
}: Props) {
  return fields
    .filter((field) => sectionOf(field) === section && isShown(field, fields, values))
    .map((field) => (
      <DeclaredField
        key={field.name}
        field={field}
        value={values[field.name] ?? ''}
        error={errors[field.name]}
        isStored={storedSecrets.includes(field.name)}
        knownTypes={knownTypes}
        onChange={(value) => onChange(field.name, value)}
      />
    ))
}
