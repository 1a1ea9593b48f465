import Link from 'next/link'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { AlarmView } from '@/lib/channels/list-alarms'
import { thresholdWords } from './rhythm-words'

type Props = { alarms: readonly AlarmView[]; trailPath: string }

/** When a threshold was passed, by whom, and which event made the number full. */
export function AlarmsTable({ alarms, trailPath }: Props) {
  return (
    <TableFrame label="Alarms">
      <Table>
        <thead>
          <tr>
            <Th>Fired at</Th>
            <Th>Who or what</Th>
            <Th className="text-right">Events</Th>
            <Th className="max-sm:hidden">Threshold</Th>
            <Th>Event that made it full</Th>
          </tr>
        </thead>
        <tbody>
          {alarms.map(({ seq, at, eventId, who, events, rule }) => (
            <Tr key={seq}>
              <Td>
                <Time value={at.toISOString()} />
              </Td>
              <Td className="wrap-anywhere min-w-32">
                {who === null ? (
                  <span className="text-quiet">
                    {rule.per === 'all' ? 'all together' : 'not kept any more'}
                  </span>
                ) : (
                  <bdi>{visibleText(who)}</bdi>
                )}
              </Td>
              <Td className="numeric text-right">{events.toLocaleString('en')}</Td>
              <Td className="w-full min-w-40 text-quiet text-xs max-sm:hidden">{thresholdWords(rule)}</Td>
              <Td className="whitespace-nowrap">
                {eventId === null ? (
                  <span className="text-quiet">not kept any more</span>
                ) : (
                  <Link
                    href={`${trailPath}/${eventId}`}
                    prefetch={false}
                    className="rounded-sm underline-offset-3 hover:underline"
                  >
                    Event <span className="numeric">{seq.toLocaleString('en')}</span>
                  </Link>
                )}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
