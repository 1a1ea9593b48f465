'use client'

import { Wand2 } from 'lucide-react'
import { useId, useState } from 'react'
import type { NameHint } from '@/components/collection/names/name-suggestions'
import { TemplateInput } from '@/components/collection/names/template-input'
import { Button } from '@/components/ui/button'
import type { LineProblem } from '@/lib/collection/lines/line-view'
import { problemAt } from './problems'
import { NEEDED_FIELDS, TARGET_GROUPS, type TargetFieldText, type TargetGroup } from './target-groups'

type Target = Readonly<Record<string, string>>

type Props = {
  target: Target
  /** Attributes that rows have after the last step. */
  attributes: readonly string[]
  problems: readonly LineProblem[]
  isReadOnly: boolean
  onChange: (target: Target) => void
}

/** What each field of the log target is made of. */
export function TargetForm({ target, attributes, problems, isReadOnly, onChange }: Props) {
  const names = attributes.map((name): NameHint => ({ name }))
  const processed = attributes.filter((name) => name.startsWith('log_'))
  const whole = problemAt(problems, 'target')
  function fill() {
    const filled = processed.map((name) => [name.slice('log_'.length), `{${name}}`])
    onChange({ ...Object.fromEntries(filled), ...withoutBlank(target) })
  }
  return (
    <fieldset disabled={isReadOnly} className="flex min-w-0 flex-col gap-4">
      <legend className="sr-only">Log target</legend>
      {!isReadOnly && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button size="sm" disabled={processed.length === 0} onClick={fill}>
            <Wand2 aria-hidden />
            Fill from log processing
          </Button>
          <span className="text-quiet text-xs">
            {processed.length === 0
              ? 'Once a log processing step or a sub-line gives log_… attributes.'
              : 'Blank fields get the attribute of their name.'}
          </span>
        </div>
      )}
      {whole && (
        <p role="alert" className="text-danger text-sm">
          {whole}
        </p>
      )}
      {TARGET_GROUPS.map((group) => (
        <TargetGroupFields
          key={group.label}
          group={group}
          target={target}
          names={names}
          problems={problems}
          onChange={onChange}
        />
      ))}
    </fieldset>
  )
}

const withoutBlank = (target: Target) =>
  Object.fromEntries(Object.entries(target).filter(([, text]) => text !== ''))

type GroupProps = {
  group: TargetGroup
  target: Target
  names: readonly NameHint[]
  problems: readonly LineProblem[]
  onChange: (target: Target) => void
}

/** Of the custom fields those that log processing fills by itself, and blank ones, are folded. */
function TargetGroupFields({ group, target, names, problems, onChange }: GroupProps) {
  const [isAll, setIsAll] = useState(group.label !== 'Custom')
  const isShown = ({ name }: TargetFieldText, at: number) =>
    isAll || at === 0 || isOwn(name, target[name]) || problemAt(problems, 'target', name) !== undefined
  const shown = group.fields.filter(isShown)
  return (
    <section aria-label={group.label}>
      <h3 className="mb-1 border-line border-b pb-1 font-medium text-quiet text-xs">{group.label}</h3>
      <div className="flex flex-col">
        {shown.map((field) => (
          <TargetField
            key={field.name}
            field={field}
            value={target[field.name] ?? ''}
            names={names}
            error={problemAt(problems, 'target', field.name)}
            onChange={(text) => onChange({ ...target, [field.name]: text })}
          />
        ))}
      </div>
      {shown.length < group.fields.length && (
        <Button size="sm" variant="quiet" onClick={() => setIsAll(true)}>
          Show all {group.fields.length}
        </Button>
      )}
    </section>
  )
}

/** Whether somebody wrote something of their own. */
const isOwn = (name: string, text = '') => text !== '' && text !== `{log_${name}}`

type FieldProps = {
  field: TargetFieldText
  value: string
  names: readonly NameHint[]
  error: string | undefined
  onChange: (text: string) => void
}

function TargetField({ field: { name, label, hint }, value, names, error, onChange }: FieldProps) {
  const id = useId()
  const isNeeded = NEEDED_FIELDS.has(name)
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className="grid items-start gap-x-3 py-1 sm:grid-cols-[11rem_minmax(0,1fr)]">
      <label htmlFor={id} className="pt-1.5 text-sm leading-tight">
        {label}
        {isNeeded && (
          <span className="text-danger" title="Every event needs it">
            {' '}
            *<span className="sr-only">needed</span>
          </span>
        )}
        <span className="literal block text-faint">{name}</span>
      </label>
      <div className="min-w-0">
        <TemplateInput
          id={id}
          value={value}
          names={names}
          onChange={onChange}
          aria-describedby={describedBy || undefined}
          aria-invalid={error ? true : undefined}
        />
        {error && (
          <p id={`${id}-error`} className="wrap-anywhere mt-0.5 text-danger text-xs">
            {error}
          </p>
        )}
        {hint && (
          <p id={`${id}-hint`} className="mt-0.5 text-quiet text-xs">
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}
