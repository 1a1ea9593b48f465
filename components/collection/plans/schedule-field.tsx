'use client'

import { Field } from '@/components/form/field'
import { useIsReady } from '@/components/form/use-is-ready'
import { Button } from '@/components/ui/button'
import { formatTime } from '@/components/ui/format-time'
import { Input } from '@/components/ui/input'
import { nextTimes, scheduleProblem } from '@/lib/collection/plans/schedule'
import { SCHEDULE_PRESETS } from './schedule-words'

const SHOWN_TIMES = 3

type Props = {
  value: string
  /** Of the workspace. */
  timeZone: string
  error: string | undefined
  onChange: (schedule: string) => void
}

/** When the plan runs: a usual time, or a cron expression; with the times that this means. */
export function ScheduleField({ value, timeZone, error, onChange }: Props) {
  // Times from now are others in the browser than they were on the server.
  const isReady = useIsReady()
  const schedule = value.trim()
  const problem = schedule === '' ? undefined : scheduleProblem(schedule)
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Schedule"
        optional
        error={error ?? problem}
        hint={`Minute, hour, day of month, month, day of week; by the workspace’s clock (${timeZone}). Empty: only when somebody says so.`}
      >
        {(control) => (
          <Input
            className="literal max-w-56"
            placeholder="0 3 * * *"
            autoComplete="off"
            spellCheck={false}
            value={value}
            onChange={({ target }) => onChange(target.value)}
            {...control}
          />
        )}
      </Field>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend beside the field's own label */}
      <div role="group" aria-label="Usual schedules" className="flex flex-wrap gap-1.5">
        {SCHEDULE_PRESETS.map((preset) => (
          <Button
            key={preset.label}
            size="sm"
            aria-pressed={preset.schedule === schedule}
            title={preset.words}
            onClick={() => onChange(preset.schedule)}
          >
            {preset.label}
          </Button>
        ))}
      </div>
      {isReady && schedule !== '' && !problem && (
        <div className="text-xs">
          <p className="text-quiet">The next times:</p>
          <ul className="numeric" aria-label="Next times">
            {nextTimes(schedule, timeZone, new Date(), SHOWN_TIMES).map((time) => (
              <li key={time.getTime()}>{formatTime(time.toISOString(), timeZone)}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
