import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { SkipView } from '@/lib/forwarding/read-skips'

/** What the receiver never got because a person said so, or because it was too old to be there. */
export function SkipsTable({ skips }: { skips: readonly SkipView[] }) {
  return (
    <TableFrame label="Skipped ranges">
      <Table>
        <thead>
          <tr>
            <Th>Numbers</Th>
            <Th>Skipped</Th>
            <Th>Why</Th>
            <Th>By</Th>
          </tr>
        </thead>
        <tbody>
          {skips.map(({ fromSeq, throughSeq, reason, requestedBy, at }) => (
            <Tr key={`${fromSeq} ${at.getTime()}`}>
              <Td className="numeric whitespace-nowrap">
                {fromSeq.toLocaleString('en')} – {throughSeq.toLocaleString('en')}
              </Td>
              <Td>
                <Time value={at.toISOString()} />
              </Td>
              <Td className="wrap-anywhere w-full min-w-48">{visibleText(reason)}</Td>
              <Td className="wrap-anywhere min-w-44">{visibleText(requestedBy)}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
