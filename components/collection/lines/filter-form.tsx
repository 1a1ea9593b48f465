import { CodeInput } from './code-input'
import { ExpressionHelp } from './expression-help'
import type { StepFormProps } from './step-form-props'

/** Which rows stay. */
export function FilterForm({ step, errorAt, onChange }: StepFormProps<'filter'>) {
  return (
    <div className="flex flex-col gap-1">
      <span className="font-medium text-sm">Keep the rows for which this is true</span>
      <CodeInput
        label="Condition"
        placeholder="row.status !== '304'"
        value={step.expression}
        error={errorAt('expression')}
        onChange={(expression) => onChange({ ...step, expression })}
      />
      <ExpressionHelp />
    </div>
  )
}
