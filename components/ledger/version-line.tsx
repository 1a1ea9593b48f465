import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'

type Props = {
  of: { version: number; shownVersion: number; savedBy: string; updatedAt: Date }
  /** Of the rule or policy. */
  path: string
  usedBy: readonly { name: string; href: string }[]
}

/** Which version is shown, who saved it, and who uses it, below a name. */
export function VersionLine({ of: { version, shownVersion, savedBy, updatedAt }, path, usedBy }: Props) {
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Link href={`${path}/versions`} className="rounded-sm underline underline-offset-3">
        Version {shownVersion}
      </Link>
      {shownVersion === version ? (
        <span>
          saved by {savedBy}, <Time value={updatedAt.toISOString()} />
        </span>
      ) : (
        <>
          <Badge tone="warning">not the newest</Badge>
          <Link href={path} className="rounded-sm underline underline-offset-3">
            Open version {version}
          </Link>
        </>
      )}
      {usedBy.length > 0 && (
        <span>
          used by{' '}
          {usedBy.map(({ name, href }, at) => (
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
