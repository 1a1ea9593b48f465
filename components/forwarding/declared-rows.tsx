import type { ReactNode } from 'react'
import { formatDuration } from '@/components/ui/format-time'
import type { FieldDeclaration } from '@/lib/delivery/destinations/fields'
import type { KindDescription } from '@/lib/forwarding/describe-kinds'
import type { DestinationView } from '@/lib/forwarding/destination-view'
import { initialValues, isShown } from './field-values'

/** What the fields are set to, by the names of their form. */
export function declaredRows(fields: readonly FieldDeclaration[], d: DestinationView): [string, ReactNode][] {
  const values = initialValues(fields, d.fields)
  return fields
    .filter((field) => isShown(field, fields, values))
    .map((field) => [
      field.label,
      shownValue(field, d.fields[field.name], d.secretNames.includes(field.name)),
    ])
}

/** What Spoor made and people read off, such as a public key. */
export function generatedRows(generated: KindDescription['generated'], { fields }: DestinationView) {
  return generated.map(({ name, label }): [string, ReactNode] => {
    const value = fields[name]
    return [label, typeof value === 'string' && <Literal key={name}>{value}</Literal>]
  })
}

/** Of what was left empty nothing is shown, of a secret only whether there is one. */
function shownValue({ control, options }: FieldDeclaration, value: unknown, isStored: boolean): ReactNode {
  if (control === 'secret') return isStored ? 'stored, never shown' : 'none'
  if (control === 'switch') return value === true ? 'yes' : 'no'
  if (value === undefined || value === null || value === '') return null
  if (control === 'types' && Array.isArray(value)) return value.join(', ')
  if (Array.isArray(value))
    return (
      value.length > 0 && (
        <ul>
          {value.map((item) => (
            <li key={String(item)} className="wrap-anywhere">
              {String(item)}
            </li>
          ))}
        </ul>
      )
    )
  if (control === 'seconds') return formatDuration(Number(value))
  if (control === 'choice' || control === 'buttons')
    return options?.find((option) => option.value === value)?.label ?? String(value)
  if (control === 'block')
    return <pre className="literal max-h-24 overflow-auto whitespace-pre-wrap">{String(value)}</pre>
  return <Literal>{String(value)}</Literal>
}

function Literal({ children }: { children: string }) {
  return <span className="literal wrap-anywhere">{children}</span>
}
