import Link from 'next/link'
import { LevelBadge } from '@/components/ui/level-badge'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { EventRow } from './event-rows'

type Props = { label: string; rows: readonly EventRow[]; trailPath: string }

/** Events of the trail, each leading to its own page. */
export function EventsTable({ label, rows, trailPath }: Props) {
  return (
    <TableFrame label={label}>
      <Table>
        <thead>
          <tr>
            <Th className="text-right">Number</Th>
            <Th className="max-sm:hidden">Time</Th>
            <Th>Level</Th>
            <Th className="max-sm:hidden">Type</Th>
            <Th>Event</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, seq, occurredAt, level, type, text }) => (
            <Tr key={seq}>
              <Td className="numeric text-right">{seq.toLocaleString('en')}</Td>
              <Td className="max-sm:hidden">
                <Time value={occurredAt} />
              </Td>
              <Td>
                <LevelBadge level={level} />
              </Td>
              <Td className="whitespace-nowrap max-sm:hidden">{type}</Td>
              <Td className="w-full min-w-48">
                <Link
                  href={`${trailPath}/${id}`}
                  prefetch={false}
                  className="wrap-anywhere line-clamp-2 rounded-sm underline-offset-3 hover:underline"
                >
                  <bdi>{visibleText(text)}</bdi>
                </Link>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
