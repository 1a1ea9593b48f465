import type { FieldDeclaration } from '@/lib/delivery/destinations/fields'

/** What a control holds: lists of texts are one text with an item a line, as they are typed. */
export type FieldValue = string | boolean | readonly string[]
export type FieldValues = Readonly<Record<string, FieldValue>>

/** What a control begins with: what is stored, for a new destination what is declared. Secrets begin empty. */
export function initialValue(
  field: FieldDeclaration,
  stored?: Readonly<Record<string, unknown>>,
): FieldValue {
  const { control, initial, options } = field
  const value = stored ? stored[field.name] : initial
  if (control === 'secret') return ''
  if (control === 'switch') return value === true
  if (control === 'types') return Array.isArray(value) ? value.map(String) : []
  if (Array.isArray(value)) return value.join('\n')
  if (value !== undefined && value !== null) return String(value)
  return control === 'choice' || control === 'buttons' ? String(initial ?? options?.[0]?.value ?? '') : ''
}

export function initialValues(
  fields: readonly FieldDeclaration[],
  stored?: Readonly<Record<string, unknown>>,
): FieldValues {
  return Object.fromEntries(fields.map((field) => [field.name, initialValue(field, stored)]))
}

/** Whether the field has a meaning beside what the others say; one that depends on a hidden field has none. */
export function isShown(
  { when }: FieldDeclaration,
  fields: readonly FieldDeclaration[],
  values: FieldValues,
): boolean {
  if (!when) return true
  const other = fields.find(({ name }) => name === when.field)
  return other !== undefined && isShown(other, fields, values) && when.is.includes(String(values[when.field]))
}

/** As a form sends it: an empty text and a switch that is off are left out, a list is one entry an item. */
export function toFormData(values: FieldValues): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'boolean') {
      if (value) form.set(name, 'true')
    } else if (typeof value === 'string') {
      if (value !== '') form.set(name, value)
    } else {
      for (const item of value) form.append(`${name}[]`, item)
    }
  }
  return form
}
