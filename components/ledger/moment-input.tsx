'use client'

import { useState } from 'react'
import type { ControlProps } from '@/components/form/field'
import { isoToWallTime, wallTimeToIso } from '@/components/trail/time-ranges'
import { Input } from '@/components/ui/input'
import { useTimeZone } from '@/components/ui/time-zone'

type Props = {
  control: ControlProps
  /** RFC 3339; '' is none. */
  value: string
  onChange: (iso: string) => void
}

/** A time of the reader's zone; what it is in all goes on. */
export function MomentInput({ control, value, onChange }: Props) {
  const timeZone = useTimeZone()
  const [wallTime, setWallTime] = useState(() => isoToWallTime(value || null, timeZone) ?? '')
  return (
    <Input
      {...control}
      type="datetime-local"
      step="1"
      value={wallTime}
      onChange={({ target }) => {
        setWallTime(target.value)
        onChange(target.value && wallTimeToIso(target.value, timeZone))
      }}
    />
  )
}
