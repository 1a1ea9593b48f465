import { Time } from '@/components/ui/time'

/** When a record holds: its beginning is in it, its end is not. */
export function PeriodWords({ record }: { record: { validFrom: Date | null; validTo: Date | null } }) {
  const { validFrom, validTo } = record
  if (!validFrom && !validTo) return <>always</>
  return (
    <span className="inline-flex flex-wrap gap-x-1.5">
      {validFrom && (
        <span>
          from <Time value={validFrom.toISOString()} />
        </span>
      )}
      {validTo && (
        <span>
          to <Time value={validTo.toISOString()} />
        </span>
      )}
    </span>
  )
}
