'use client'

import { Gavel } from 'lucide-react'
import { useState } from 'react'
import { ActDialog } from '@/components/form/act-dialog'
import { Field } from '@/components/form/field'
import { ReasonField } from '@/components/integrity/reason-field'
import { wallTimeToIso } from '@/components/trail/time-ranges'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { useTimeZone } from '@/components/ui/time-zone'
import type { FormAction } from '@/lib/errors/form-state'

export function PlaceHoldButton({ place }: { place: FormAction<void> }) {
  return (
    <ActDialog
      title="Place a legal hold"
      description="While it is active nothing of this trail is dropped or erased, not even what has begun."
      trigger={
        <Button>
          <Gavel aria-hidden />
          Place a legal hold
        </Button>
      }
      confirm="Place hold"
      pendingLabel="Placing …"
      action={place}
      done={() => 'The legal hold is active'}
    >
      {({ errors, values }) => (
        <>
          <ReasonField
            error={errors.reason}
            value={values.reason}
            hint="Such as the number of a case. It stands in the trail."
          />
          <UntilField error={errors.until} />
        </>
      )}
    </ActDialog>
  )
}

/** A time of the reader's zone, sent as what it is in all. */
function UntilField({ error }: { error: string | undefined }) {
  const timeZone = useTimeZone()
  const [wallTime, setWallTime] = useState('')
  return (
    <Field label="Until" optional error={error} hint={`In ${timeZone}. Empty: until somebody releases it.`}>
      {(control) => (
        <>
          <Input
            {...control}
            type="datetime-local"
            value={wallTime}
            onChange={({ target }) => setWallTime(target.value)}
          />
          <input type="hidden" name="until" value={wallTime && wallTimeToIso(wallTime, timeZone)} />
        </>
      )}
    </Field>
  )
}
