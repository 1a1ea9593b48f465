import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { DeadLetterView } from '@/lib/forwarding/get'

/** Events that the receiver will never take; they stay in the trail. */
export function DeadLettersTable({ deadLetters }: { deadLetters: DeadLetterView[] }) {
  return (
    <TableFrame label="Events set aside">
      <Table>
        <thead>
          <tr>
            <Th className="text-right">Seq</Th>
            <Th>Set aside</Th>
            <Th className="text-right">Status</Th>
            <Th>Why</Th>
          </tr>
        </thead>
        <tbody>
          {deadLetters.map(({ seq, at, status, reason, answer }) => (
            <Tr key={seq}>
              <Td className="numeric text-right">{seq.toLocaleString('en')}</Td>
              <Td>
                <Time value={at.toISOString()} />
              </Td>
              <Td className="numeric text-right">{status ?? '–'}</Td>
              <Td className="w-full min-w-56">
                {reason}
                {answer && <p className="literal wrap-anywhere text-quiet">{answer}</p>}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
