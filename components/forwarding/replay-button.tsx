'use client'

import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { ActDialog } from '@/components/form/act-dialog'
import { FieldGroup } from '@/components/form/field-group'
import { Button } from '@/components/ui/button'
import { RadioOption } from '@/components/ui/radio-option'
import type { FormAction } from '@/lib/errors/form-state'
import { MomentField } from './moment-field'
import { NumberField } from './number-field'

/** By the name of the field. */
type Texts = Readonly<Record<string, string | undefined>>
type Way = 'dead' | 'since' | 'times' | 'numbers'

type Props = {
  id: string
  /** Whether events are set aside that could be sent after all. */
  hasDead: boolean
  replay: FormAction<void>
}

/** Has events sent once more, under the ids that they had. */
export function ReplayButton({ id, hasDead, replay }: Props) {
  return (
    <ActDialog
      title="Send events again"
      description="In their order and with their old ids, beside what is new. The receiver may get what it has already."
      trigger={
        <Button>
          <RotateCcw aria-hidden />
          Replay
        </Button>
      }
      confirm="Send again"
      pendingLabel="Starting …"
      action={replay}
      done={() => 'The replay has begun'}
    >
      {({ errors, values }) => <ReplayFields id={id} hasDead={hasDead} errors={errors} values={values} />}
    </ActDialog>
  )
}

type FieldProps = Omit<Props, 'replay'> & { errors: Texts; values: Texts }

function ReplayFields({ id, hasDead, errors, values }: FieldProps) {
  const [way, setWay] = useState<Way>(hasDead ? 'dead' : 'since')
  // What is missing is asked for by number, whichever of the two is on the form.
  const from = errors.from ?? errors.fromSeq
  const to = errors.to ?? errors.throughSeq
  const option = (value: Way, label: string, hint?: string, disabled = false) => (
    <RadioOption
      name="$way"
      checked={way === value}
      onChange={() => setWay(value)}
      label={label}
      hint={hint}
      disabled={disabled}
    />
  )
  return (
    <>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="what" value={way === 'times' || way === 'numbers' ? 'range' : way} />
      <FieldGroup legend="Which events" error={errors.what}>
        {option(
          'dead',
          'Those that were set aside',
          hasDead ? 'What the receiver refused for good.' : 'There are none.',
          !hasDead,
        )}
        {option('since', 'Everything received since a time')}
        {option('times', 'What was received between two times')}
        {option('numbers', 'A range of numbers of the trail')}
      </FieldGroup>
      {way === 'since' && <MomentField label="Since" name="from" error={from} />}
      {way === 'times' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <MomentField label="From" name="from" error={from} />
          <MomentField label="To" name="to" error={to} />
        </div>
      )}
      {way === 'numbers' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField label="First number" name="fromSeq" error={errors.fromSeq} value={values.fromSeq} />
          <NumberField
            label="Last number"
            name="throughSeq"
            error={errors.throughSeq}
            value={values.throughSeq}
          />
        </div>
      )}
    </>
  )
}
