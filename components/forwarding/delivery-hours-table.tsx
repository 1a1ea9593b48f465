import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { DeliverySlot } from './delivery-slots'

/** The chart in figures, newest first, for whoever does not see it or wants to know exactly. */
export function DeliveryHoursTable({ slots }: { slots: readonly DeliverySlot[] }) {
  const count = (value: number | null) => value?.toLocaleString('en') ?? '–'
  return (
    <details className="mt-2">
      <summary className="w-fit rounded-sm text-quiet text-xs underline decoration-dotted underline-offset-3">
        In figures
      </summary>
      <TableFrame label="Hours in which something happened" className="mt-2 max-h-72 overflow-y-auto">
        <Table>
          <thead>
            <tr>
              <Th>Hour from</Th>
              <Th className="text-right">Sent</Th>
              <Th className="text-right">Failed</Th>
              <Th className="text-right">Set aside</Th>
              <Th className="text-right">Behind in the trail</Th>
            </tr>
          </thead>
          <tbody>
            {[...slots].reverse().map(({ from, sent, failed, dead, behind }) => (
              <Tr key={from}>
                <Td>
                  <Time value={from} />
                </Td>
                <Td className="numeric text-right">{count(sent)}</Td>
                <Td className="numeric text-right">{count(failed)}</Td>
                <Td className="numeric text-right">{count(dead)}</Td>
                <Td className="numeric text-right">{count(behind)}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </TableFrame>
    </details>
  )
}
