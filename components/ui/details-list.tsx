import type { ReactNode } from 'react'

/** Names and values, one pair a line; pairs without a value fall out. */
export function DetailsList({ rows }: { rows: [name: string, value: ReactNode][] }) {
  const shown = rows.filter(
    ([, value]) => value !== undefined && value !== null && value !== false && value !== '',
  )
  return (
    <dl className="divide-y divide-line text-sm">
      {shown.map(([name, value]) => (
        <div key={name} className="grid gap-x-4 py-1.5 sm:grid-cols-[10rem_minmax(0,1fr)]">
          <dt className="text-quiet">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
