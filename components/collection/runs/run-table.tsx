import Link from 'next/link'
import { formatDuration } from '@/components/ui/format-time'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { RunView } from '@/lib/collection/runs/run-view'
import { RunFigures } from './run-figures'
import { RunStateBadge } from './run-state-badge'

type Props = {
  /** Of the section. */
  path: string
  runs: readonly RunView[]
  /** Where all are of one silo, its name is left out. */
  isOfOne?: boolean
}

/** Runs, latest first, each with what became of its rows. */
export function RunTable({ path, runs, isOfOne = false }: Props) {
  return (
    <TableFrame label="Runs">
      <Table>
        <thead>
          <tr>
            <Th>Began</Th>
            {!isOfOne && <Th>Silo</Th>}
            <Th>State</Th>
            <Th>Rows</Th>
            <Th className="max-md:hidden">Took</Th>
            <Th className="max-md:hidden">Asked for by</Th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Tr key={run.id}>
              <Td>
                <Link
                  href={`${path}/runs/${run.id}`}
                  className="rounded-sm font-medium underline-offset-3 hover:underline"
                >
                  <Time value={(run.startedAt ?? run.requestedAt).toISOString()} />
                </Link>
                {run.kind === 'rejects' && <p className="text-quiet text-xs">rejects again</p>}
              </Td>
              {!isOfOne && (
                <Td>
                  <Link
                    href={`${path}/silos/${run.silo}`}
                    className="wrap-anywhere rounded-sm underline-offset-3 hover:underline"
                  >
                    {run.silo}
                  </Link>
                </Td>
              )}
              <Td>
                <RunStateBadge run={run} />
              </Td>
              <Td className="w-full min-w-40">
                <RunFigures counts={run} />
                {run.error && (
                  <p className="wrap-anywhere line-clamp-2 text-danger text-xs">{visibleText(run.error)}</p>
                )}
              </Td>
              <Td className="numeric whitespace-nowrap max-md:hidden">{lengthOf(run)}</Td>
              <Td className="wrap-anywhere min-w-32 max-md:hidden">{visibleText(run.requestedBy)}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

export function lengthOf({ startedAt, endedAt }: Pick<RunView, 'startedAt' | 'endedAt'>): string {
  if (!startedAt || !endedAt) return ''
  const seconds = (endedAt.getTime() - startedAt.getTime()) / 1000
  return seconds < 10 ? `${seconds.toFixed(1)} s` : formatDuration(seconds)
}
