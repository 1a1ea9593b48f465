import type { ReactNode } from 'react'
import { DetailsList } from '@/components/ui/details-list'
import { LevelBadge } from '@/components/ui/level-badge'
import { Panel } from '@/components/ui/panel'
import { Time } from '@/components/ui/time'
import type { FieldDeclaration } from '@/lib/delivery/destinations/fields'
import type { KindDescription } from '@/lib/forwarding/describe-kinds'
import type { DestinationView } from '@/lib/forwarding/destination-view'
import { initialValues, isShown } from './field-values'
import { ruleWords, splitRule } from './masking-texts'

type Props = { destination: DestinationView; kind: KindDescription | undefined }

/** What a destination is set to, by the names of its kind's form. */
export function DestinationConfiguration({ destination: d, kind }: Props) {
  return (
    <Panel title="Configuration" description={kind?.promise}>
      <DetailsList
        rows={[
          ['Kind', d.kindLabel],
          ...declaredRows(kind?.fields ?? [], d),
          ...generatedRows(kind?.generated ?? [], d),
          ['Log Types', d.types.length > 0 ? d.types.join(', ') : 'all'],
          ['Log Levels', d.levels.length > 0 ? <Levels key="levels" levels={d.levels} /> : 'all'],
          ['Further filter', d.filter && <Literal key="filter">{readable(d.filter)}</Literal>],
          ['Masking', d.masking.length > 0 && <Masking key="masking" rules={d.masking} />],
          ['Note', d.note],
          ['Created', <Time key="created" value={d.createdAt.toISOString()} />],
          ['Changed', <Time key="changed" value={d.updatedAt.toISOString()} />],
        ]}
      />
    </Panel>
  )
}

function declaredRows(fields: readonly FieldDeclaration[], d: DestinationView): [string, ReactNode][] {
  const values = initialValues(fields, d.fields)
  return fields
    .filter((field) => isShown(field, fields, values))
    .map((field) => [
      field.label,
      shownValue(field, d.fields[field.name], d.secretNames.includes(field.name)),
    ])
}

/** What Spoor made and people read off, such as a public key. */
function generatedRows(generated: KindDescription['generated'], { fields }: DestinationView) {
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
  if (control === 'choice') return options?.find((option) => option.value === value)?.label ?? String(value)
  if (control === 'block')
    return <pre className="literal max-h-24 overflow-auto whitespace-pre-wrap">{String(value)}</pre>
  return <Literal>{String(value)}</Literal>
}

function Literal({ children }: { children: string }) {
  return <span className="literal wrap-anywhere">{children}</span>
}

function Masking({ rules }: { rules: readonly string[] }) {
  return (
    <ul>
      {rules.map((rule) => {
        const { how, path } = splitRule(rule)
        return (
          <li key={rule}>
            <span className="literal wrap-anywhere">{path}</span>{' '}
            <span className="text-quiet text-xs">{ruleWords(how)}</span>
          </li>
        )
      })}
    </ul>
  )
}

/** A query string as a person would type it. */
function readable(filter: string): string {
  return [...new URLSearchParams(filter)].map(([name, value]) => `${name}=${value}`).join(' & ')
}

function Levels({ levels }: { levels: DestinationView['levels'] }) {
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {levels.map((level) => (
        <LevelBadge key={level} level={level} />
      ))}
    </span>
  )
}
