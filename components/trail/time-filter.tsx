'use client'

import { Field } from '@/components/form/field'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { RadioOption } from '@/components/ui/radio-option'
import { useTimeZone } from '@/components/ui/time-zone'
import { FilterMenu } from './filter-menu'
import { describeBack, describeRange, isoToWallTime, TIME_RANGES } from './time-ranges'
import { useTrail } from './trail-navigation'
import { withRange } from './trail-url'

/** When it happened: a preset that ends now, or two moments. */
export function TimeFilter() {
  const { params, go } = useTrail()
  const timeZone = useTimeZone()
  const value = describeRange(params, timeZone)
  const back = params.has('to') ? undefined : (params.get('from') ?? undefined)
  const current = value === undefined ? 'all' : describeBack(back ?? null) ? back : 'custom'
  const backs = current === back && back && !TIME_RANGES.includes(back) ? [...TIME_RANGES, back] : TIME_RANGES
  return (
    <FilterMenu label="Time" value={value} wide>
      <fieldset>
        <legend className="sr-only">Time range</legend>
        {['all', ...backs].map((choice) => (
          <RadioOption
            key={choice}
            name="range"
            value={choice}
            label={describeBack(choice) ?? 'All time'}
            checked={current === choice}
            onChange={() => go(withRange(params, choice === 'all' ? undefined : choice))}
          />
        ))}
        <RadioOption
          key={current}
          name="range"
          value="custom"
          label="Between"
          defaultChecked={current === 'custom'}
        />
        <div className="mt-1 grid gap-2 pl-6">
          <Moment name="from" label="From" raw={params.get('from')} timeZone={timeZone} />
          <Moment name="to" label="Up to, not including" raw={params.get('to')} timeZone={timeZone} />
          <p className="text-quiet text-xs">Read in {timeZone === 'UTC' ? 'UTC' : timeZone}.</p>
          <Button type="submit">Show this range</Button>
        </div>
      </fieldset>
    </FilterMenu>
  )
}

type MomentProps = { name: string; label: string; raw: string | null; timeZone: string }

/** Typing a moment chooses "Between", whose radio button stands in the same group. */
function Moment({ name, label, raw, timeZone }: MomentProps) {
  const value = isoToWallTime(raw, timeZone)
  return (
    <Field label={label}>
      {(control) => (
        <>
          {/* A time back from now doesn't fit the field: it stays until something is typed there. */}
          {raw && !value && <input type="hidden" name={name} value={raw} />}
          <Input
            key={value}
            type="datetime-local"
            step={value?.includes('.') ? 0.001 : 1}
            name={name}
            defaultValue={value}
            onInput={({ currentTarget }) => {
              const group = currentTarget.form?.elements.namedItem('range')
              if (group instanceof RadioNodeList) group.value = 'custom'
            }}
            {...control}
          />
        </>
      )}
    </Field>
  )
}
