import { Plus, X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { CodeInput } from './code-input'
import { ExpressionHelp } from './expression-help'
import { NameField } from './name-field'
import type { StepFormProps } from './step-form-props'

/** Attributes and the expressions that they are set to, one after the other. */
export function UpdateForm({ step, attributes, errorAt, onChange }: StepFormProps<'update'>) {
  const { set } = step
  const change = (at: number, part: Partial<(typeof set)[number]>) =>
    onChange({ ...step, set: set.map((one, index) => (index === at ? { ...one, ...part } : one)) })
  const error = errorAt('set')
  return (
    <div className="flex flex-col gap-2">
      <ul className="flex flex-col gap-2">
        {set.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place while it is typed
          <li key={at} className="flex items-start gap-1.5 max-sm:flex-wrap">
            <NameField
              label={`Attribute ${at + 1}`}
              className="w-36 shrink-0 max-sm:w-[calc(100%-3rem)]"
              placeholder="attribute"
              value={one.attribute}
              known={attributes}
              error={errorAt('set', at, 'attribute')}
              onChange={(attribute) => change(at, { attribute })}
            />
            <span aria-hidden className="literal mt-1.5 text-quiet">
              =
            </span>
            <CodeInput
              label={`Expression ${at + 1}`}
              placeholder="row.user.toLowerCase()"
              value={one.expression}
              error={errorAt('set', at, 'expression')}
              onChange={(expression) => change(at, { expression })}
            />
            <IconButton
              label={`Remove ${one.attribute || `attribute ${at + 1}`}`}
              disabled={set.length === 1}
              onClick={() => onChange({ ...step, set: set.toSpliced(at, 1) })}
            >
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {error && <p className="text-danger text-xs">{error}</p>}
      <div>
        <Button
          size="sm"
          onClick={() => onChange({ ...step, set: [...set, { attribute: '', expression: '' }] })}
        >
          <Plus aria-hidden />
          Set another attribute
        </Button>
      </div>
      <ExpressionHelp />
    </div>
  )
}
