'use client'

import { useState } from 'react'
import { Field } from '@/components/form/field'
import { wallTimeToIso } from '@/components/trail/time-ranges'
import { Input } from '@/components/ui/input'
import { useTimeZone } from '@/components/ui/time-zone'

type Props = { label: string; name: string; error: string | undefined; optional?: boolean; hint?: string }

/** A time of the reader's zone, sent as what it is in all. */
export function MomentField({ label, name, error, optional, hint }: Props) {
  const timeZone = useTimeZone()
  const [wallTime, setWallTime] = useState('')
  return (
    <Field label={label} optional={optional} error={error} hint={hint ?? `In ${timeZone}.`}>
      {(control) => (
        <>
          <Input
            {...control}
            type="datetime-local"
            value={wallTime}
            onChange={({ target }) => setWallTime(target.value)}
          />
          <input type="hidden" name={name} value={wallTime && wallTimeToIso(wallTime, timeZone)} />
        </>
      )}
    </Field>
  )
}
