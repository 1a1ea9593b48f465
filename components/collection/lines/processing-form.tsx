import { ChoiceField } from './choice-field'
import { NameField } from './name-field'
import type { StepFormProps } from './step-form-props'

const UNKNOWN = [
  { value: 'reject', label: 'Is rejected' },
  { value: 'filter', label: 'Is filtered out' },
]

/** The two tables of log processing, and where the event id stands. */
export function ProcessingForm({
  step,
  attributes,
  choices,
  errorAt,
  onChange,
}: StepFormProps<'processing'>) {
  const change = (part: Partial<typeof step>) => onChange({ ...step, ...part })
  const ofKind = (wanted: 'properties' | 'mapping') =>
    choices.tables.filter(({ kind }) => kind === wanted).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <div className="flex flex-col gap-3">
      <ChoiceField
        label="Event properties"
        blank="Choose a table"
        value={step.propertiesId}
        options={ofKind('properties')}
        error={errorAt('propertiesId')}
        onChange={(propertiesId) => change({ propertiesId })}
      />
      <ChoiceField
        label="Log attributes mapping"
        blank="Choose a table"
        value={step.mappingId}
        options={ofKind('mapping')}
        error={errorAt('mappingId')}
        onChange={(mappingId) => change({ mappingId })}
      />
      <div>
        <p className="mb-1 font-medium text-sm">Event id attribute</p>
        <NameField
          label="Event id attribute"
          placeholder="eventid"
          value={step.eventIdAttribute}
          known={attributes}
          error={errorAt('eventIdAttribute')}
          onChange={(eventIdAttribute) => change({ eventIdAttribute })}
        />
      </div>
      <ChoiceField
        label="A row whose event id is in no table"
        value={step.unknown}
        options={UNKNOWN}
        onChange={(unknown) => change({ unknown: unknown as typeof step.unknown })}
      />
    </div>
  )
}
