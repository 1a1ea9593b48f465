import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { FormAction } from '@/lib/errors/form-state'
import { RestoreButton, type Versioned } from './restore-button'

type Version = {
  version: number
  savedBy: string
  /** RFC 3339. */
  savedAt: string
  detail?: string
  exportHref?: string
}

type Props = {
  what: Versioned
  /** Of what has the versions. */
  path: string
  versions: readonly Version[]
  newest: number
  compared: { from: number; to: number }
  /** Left out for who may not. */
  restore?: { action: FormAction<void>; id: string; unchangedSince: string }
}

/** What something was, version by version, the newest first. */
export function VersionTable({ what, path, versions, newest, compared, restore }: Props) {
  return (
    <TableFrame label="Versions">
      <Table>
        <thead>
          <tr>
            <Th>Version</Th>
            <Th>Saved</Th>
            <Th className="w-full">By</Th>
            <Th>
              <span className="sr-only">Acts</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {versions.map(({ version, savedBy, savedAt, detail, exportHref }) => (
            <Tr key={version}>
              <Td className="whitespace-nowrap">
                <Link
                  href={version === newest ? path : `${path}?version=${version}`}
                  className="rounded-sm underline underline-offset-3"
                >
                  Version {version}
                </Link>{' '}
                {version === newest && <Badge tone="accent">newest</Badge>}
                {detail && <span className="block text-quiet text-xs">{detail}</span>}
              </Td>
              <Td>
                <Time value={savedAt} />
              </Td>
              <Td className="wrap-anywhere min-w-32">{savedBy}</Td>
              <Td>
                <span className="flex items-center justify-end gap-3 whitespace-nowrap">
                  {version > 1 && (
                    <Link
                      href={`${path}/versions?from=${version - 1}&to=${version}`}
                      scroll={false}
                      aria-current={
                        compared.from === version - 1 && compared.to === version ? 'true' : undefined
                      }
                      className="rounded-sm underline underline-offset-3 aria-[current=true]:font-semibold"
                    >
                      What changed
                    </Link>
                  )}
                  {version !== newest && (
                    <Link
                      href={`${path}/versions?from=${version}&to=${newest}`}
                      scroll={false}
                      className="rounded-sm underline underline-offset-3"
                    >
                      Since then
                    </Link>
                  )}
                  {exportHref && (
                    <a href={exportHref} download className="rounded-sm underline underline-offset-3">
                      Export
                    </a>
                  )}
                  {restore && version !== newest && (
                    <RestoreButton what={what} version={version} newest={newest} {...restore} />
                  )}
                </span>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
