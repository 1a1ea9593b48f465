'use client'

import { Checkbox } from '@/components/ui/checkbox'
import { RadioOption } from '@/components/ui/radio-option'
import { COLUMN_IDS, columnOf } from './event-columns'
import { FilterMenu } from './filter-menu'
import { DENSITIES, type TrailDisplay } from './trail-display'
import { TrailLink, useTrail } from './trail-navigation'
import { withOnly } from './trail-url'
import { pageOrder } from './trail-view'
import { useTrailDisplay } from './use-trail-display'

const DENSITY_LABELS: Record<TrailDisplay['density'], string> = {
  comfortable: 'Comfortable',
  compact: 'Compact',
}

const ORDERS = [
  { order: undefined, label: 'Newest first' },
  { order: 'asc', label: 'Oldest first' },
] as const

/** Which columns, how dense, in which order. */
export function DisplayMenu({ display: kept }: { display: TrailDisplay }) {
  const { params } = useTrail()
  const [display, change] = useTrailDisplay(kept)
  const order = pageOrder(params)

  function toggle(id: TrailDisplay['columns'][number], isOn: boolean) {
    const columns = COLUMN_IDS.filter((one) => (one === id ? isOn : display.columns.includes(one)))
    change({ ...display, columns })
  }

  return (
    <FilterMenu label="Display" align="end">
      <fieldset>
        <legend className="mb-1 font-medium text-sm">Rows</legend>
        {DENSITIES.map((density) => (
          <RadioOption
            key={density}
            name="density"
            label={DENSITY_LABELS[density]}
            checked={display.density === density}
            onChange={() => change({ ...display, density })}
          />
        ))}
      </fieldset>
      <p className="mt-2 flex gap-1 border-line border-t pt-2">
        {ORDERS.map(({ order: value, label }) => (
          <TrailLink
            key={label}
            to={withOnly(
              withOnly(params, 'live', value ? undefined : (params.get('live') ?? undefined)),
              'order',
              value,
            )}
            aria-current={(value ?? 'desc') === order ? 'true' : undefined}
            className="rounded-sm px-1.5 py-1 text-sm hover:bg-hover aria-[current=true]:bg-accent-soft aria-[current=true]:font-medium aria-[current=true]:text-accent pointer-coarse:py-2.5"
          >
            {label}
          </TrailLink>
        ))}
      </p>
      <fieldset className="mt-2 border-line border-t pt-2 max-lg:hidden">
        <legend className="sr-only">Columns</legend>
        <p aria-hidden className="mb-1 font-medium text-sm">
          Columns
        </p>
        {COLUMN_IDS.map((id) => (
          <Checkbox
            key={id}
            label={columnOf(id).label}
            checked={display.columns.includes(id)}
            // It opens the event.
            disabled={id === 'message'}
            onChange={({ target }) => toggle(id, target.checked)}
          />
        ))}
      </fieldset>
    </FilterMenu>
  )
}
