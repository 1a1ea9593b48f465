import { Eye } from 'lucide-react'
import type { EventRow } from '@/components/forwarding/event-rows'
import { IconLink } from '@/components/ui/icon-link'
import { LevelBadge } from '@/components/ui/level-badge'
import { StatusBadge } from '@/components/ui/status-badge'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'

/** A phone has room for when and what; all else is on the event's own page. */
const FROM_DESK = 'max-sm:hidden'

type Props = { label: string; rows: readonly EventRow[]; trailPath: string }

/** Events that people were told, or will be, each leading to its place in the trail. */
export function ChannelEventsTable({ label, rows, trailPath }: Props) {
  return (
    <TableFrame label={label}>
      <Table>
        <thead>
          <tr>
            <Th>Created At</Th>
            <Th className={FROM_DESK}>State</Th>
            <Th className={FROM_DESK}>Level</Th>
            <Th className={FROM_DESK}>Tag</Th>
            <Th className={FROM_DESK}>Action</Th>
            <Th>Message</Th>
            <Th className={FROM_DESK}>Username</Th>
            <Th className={FROM_DESK}>User IP Address</Th>
            <Th>
              <span className="sr-only">View</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, seq, occurredAt, status, level, type, action, text, login, ip }) => (
            <Tr key={seq}>
              <Td>
                <Time value={occurredAt} />
              </Td>
              <Td className={FROM_DESK}>
                <StatusBadge status={status} />
              </Td>
              <Td className={FROM_DESK}>
                <LevelBadge level={level} />
              </Td>
              <Td className={`${FROM_DESK} whitespace-nowrap`}>{type}</Td>
              <Td className={`${FROM_DESK} wrap-anywhere min-w-24`}>{visibleText(action)}</Td>
              <Td className="w-full min-w-36 sm:min-w-56">
                <bdi className="wrap-anywhere line-clamp-2">{visibleText(text)}</bdi>
              </Td>
              <Td className={`${FROM_DESK} wrap-anywhere min-w-28`}>
                {login && <bdi>{visibleText(login)}</bdi>}
              </Td>
              <Td className={`${FROM_DESK} numeric whitespace-nowrap text-xs`}>{ip}</Td>
              <Td className="w-px">
                <IconLink
                  href={`${trailPath}/${id}`}
                  prefetch={false}
                  className="-my-1"
                  label={`View event ${seq.toLocaleString('en')} in the trail`}
                >
                  <Eye aria-hidden />
                </IconLink>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
