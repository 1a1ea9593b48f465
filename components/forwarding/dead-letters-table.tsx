import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { DeadLetterView } from '@/lib/forwarding/list-dead-letters'
import { ReceiverWords } from './receiver-words'

type Props = { deadLetters: readonly DeadLetterView[]; trailPath: string }

/** Events that the receiver will never take; they stay in the trail. */
export function DeadLettersTable({ deadLetters, trailPath }: Props) {
  return (
    <TableFrame label="Dead letters">
      <Table>
        <thead>
          <tr>
            <Th className="text-right">Number</Th>
            <Th>Set aside</Th>
            <Th className="text-right">Status</Th>
            <Th>Why</Th>
          </tr>
        </thead>
        <tbody>
          {deadLetters.map(({ seq, at, status, reason, answer, resolvedAt, eventId }) => (
            <Tr key={seq}>
              <Td className="numeric text-right">
                {eventId ? (
                  <Link
                    href={`${trailPath}/${eventId}`}
                    prefetch={false}
                    aria-label={`Event ${seq.toLocaleString('en')}`}
                    className="rounded-sm underline decoration-line underline-offset-3 hover:decoration-current"
                  >
                    {seq.toLocaleString('en')}
                  </Link>
                ) : (
                  seq.toLocaleString('en')
                )}
              </Td>
              <Td>
                <Time value={at.toISOString()} />
              </Td>
              <Td className="numeric text-right">{status ?? '–'}</Td>
              <Td className="w-full min-w-56">
                <span className="wrap-anywhere">{visibleText(reason)}</span>
                {resolvedAt && (
                  <p className="mt-0.5 text-quiet text-xs">
                    <Badge tone="accent">sent after all</Badge> <Time value={resolvedAt.toISOString()} />
                  </p>
                )}
                {answer && <ReceiverWords words={answer} />}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
