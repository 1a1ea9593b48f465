'use client'

import { Play } from 'lucide-react'
import { useState } from 'react'
import { ActDialog } from '@/components/form/act-dialog'
import { FieldGroup } from '@/components/form/field-group'
import { ReasonField } from '@/components/integrity/reason-field'
import { Button } from '@/components/ui/button'
import { RadioOption } from '@/components/ui/radio-option'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import type { FormAction } from '@/lib/errors/form-state'
import { MomentField } from './moment-field'
import { ROLE_TEXTS } from './role-texts'

type Props = { id: string; waiting: string; resume: FormAction<void>; ofRole?: DestinationRole }
type From = 'cursor' | 'time' | 'now'

/** Switches a destination on again, and says where it goes on. */
export function ResumeButton({ id, waiting, resume, ofRole = 'forwarding' }: Props) {
  return (
    <ActDialog
      title={ROLE_TEXTS[ofRole].resume}
      description="Nothing was lost while it was off. Choose where it goes on."
      trigger={
        <Button>
          <Play aria-hidden />
          Resume …
        </Button>
      }
      confirm="Resume"
      pendingLabel="Resuming …"
      action={resume}
      done={() => ROLE_TEXTS[ofRole].resumed}
    >
      {({ errors, values }) => (
        <ResumeFields id={id} waiting={waiting} errors={errors} reason={values.reason} />
      )}
    </ActDialog>
  )
}

type FieldProps = Pick<Props, 'id' | 'waiting'> & {
  errors: Readonly<Record<string, string | undefined>>
  reason: string | undefined
}

function ResumeFields({ id, waiting, errors, reason }: FieldProps) {
  const [from, setFrom] = useState<From>('cursor')
  const option = (value: From, label: string, hint: string) => (
    <RadioOption
      name="from"
      value={value}
      checked={from === value}
      onChange={() => setFrom(value)}
      label={label}
      hint={hint}
    />
  )
  return (
    <>
      <input type="hidden" name="id" value={id} />
      <FieldGroup legend="Where it goes on">
        {option('cursor', 'Where it stopped', `What waited is sent first: ${waiting}.`)}
        {option('time', 'At a time', 'Events received before it are skipped, and the skip is recorded.')}
        {option('now', 'Now', 'What waited is skipped, and the skip is recorded.')}
      </FieldGroup>
      {from === 'time' && <MomentField label="Time" name="at" error={errors.at} />}
      {from !== 'cursor' && <ReasonField error={errors.reason} value={reason} />}
    </>
  )
}
