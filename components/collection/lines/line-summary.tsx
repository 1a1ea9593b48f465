import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import type { LineDetail } from '@/lib/collection/lines/line-view'

/** Which version of a line is shown, who saved it, and who uses it, below its name. */
export function LineSummary({ line, tenant }: { line: LineDetail; tenant: string }) {
  const { id, version, shownVersion, savedBy, updatedAt, silos, usedBy } = line
  const path = `/${tenant}/collection`
  const users = [
    ...silos.map((silo) => ({ name: silo, href: `${path}/silos/${silo}` })),
    ...usedBy.map((other) => ({ name: other.name, href: `${path}/lines/${other.id}` })),
  ]
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Link href={`${path}/lines/${id}/versions`} className="rounded-sm underline underline-offset-3">
        Version {shownVersion}
      </Link>
      {shownVersion === version ? (
        <span>
          saved by {savedBy}, <Time value={updatedAt.toISOString()} />
        </span>
      ) : (
        <>
          <Badge tone="warning">not the newest</Badge>
          <Link href={`${path}/lines/${id}`} className="rounded-sm underline underline-offset-3">
            Open version {version}
          </Link>
        </>
      )}
      {users.length > 0 && (
        <span>
          used by{' '}
          {users.map(({ name, href }, at) => (
            <span key={href}>
              {at > 0 && ', '}
              <Link href={href} className="rounded-sm underline underline-offset-3">
                {name}
              </Link>
            </span>
          ))}
        </span>
      )}
    </span>
  )
}
