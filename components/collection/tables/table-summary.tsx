import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import type { TableDetail } from '@/lib/collection/tables/table'
import { KIND_TEXTS } from './kind-texts'

/** What a table is, who saved it, and who uses it, below its name. */
export function TableSummary({ table, tenant }: { table: TableDetail; tenant: string }) {
  const { id, kind, version, shownVersion, savedBy, savedAt, usedBy } = table
  const path = `/${tenant}/collection`
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>{KIND_TEXTS[kind].label}</span>
      <Link href={`${path}/tables/${id}/versions`} className="rounded-sm underline underline-offset-3">
        Version {shownVersion}
      </Link>
      {shownVersion !== version && (
        <>
          <Badge tone="warning">not the newest</Badge>
          <Link href={`${path}/tables/${id}`} className="rounded-sm underline underline-offset-3">
            Open version {version}
          </Link>
        </>
      )}
      <span>
        saved by {savedBy}, <Time value={savedAt.toISOString()} />
      </span>
      {usedBy.length > 0 && (
        <span>
          used by{' '}
          {usedBy.map((line, at) => (
            <span key={line.id}>
              {at > 0 && ', '}
              <Link href={`${path}/lines/${line.id}`} className="rounded-sm underline underline-offset-3">
                {line.name}
              </Link>
            </span>
          ))}
        </span>
      )}
    </span>
  )
}
