import { ChoiceField } from './choice-field'
import { CodeInput } from './code-input'
import type { StepFormProps } from './step-form-props'

/** Which line rows are sent through, and which rows. */
export function SubLineForm({ step, choices, errorAt, onChange }: StepFormProps<'line'>) {
  return (
    <div className="flex flex-col gap-3">
      <ChoiceField
        label="Line"
        blank="Choose a line"
        value={step.lineId}
        options={choices.lines.map(({ id, name }) => ({ value: id, label: name }))}
        hint="The fields of its log target come back as attributes: log_family, log_date …"
        error={errorAt('lineId')}
        onChange={(lineId) => onChange({ ...step, lineId })}
      />
      <div className="flex flex-col gap-1">
        <span className="flex items-baseline justify-between gap-2 font-medium text-sm">
          Only rows for which this is true
          <span className="font-normal text-faint text-xs">optional</span>
        </span>
        <CodeInput
          label="Condition"
          placeholder="row.kind === 'audit'"
          value={step.when ?? ''}
          error={errorAt('when')}
          onChange={(when) => onChange({ ...step, when })}
        />
      </div>
    </div>
  )
}
