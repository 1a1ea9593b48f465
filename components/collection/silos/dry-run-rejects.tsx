import { Badge } from '@/components/ui/badge'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { visibleText } from '@/components/ui/visible-text'
import type { DryRun } from '@/lib/collection/runs/dry-run-view'
import { REJECT_WORDS } from './reject-words'

/** Rows that a run would reject, each with its reason. */
export function DryRunRejects({ rejects }: Pick<DryRun, 'rejects'>) {
  return (
    <TableFrame label="Rows that would be rejected" className="max-h-[40dvh] overflow-y-auto">
      <Table>
        <thead className="sticky top-0 z-10">
          <tr>
            <Th className="text-right">Line</Th>
            <Th className="max-sm:hidden">Column</Th>
            <Th className="max-sm:hidden">Value</Th>
            <Th>Reason</Th>
          </tr>
        </thead>
        <tbody>
          {rejects.map(({ line, code, reason, column, value }) => (
            <Tr key={line}>
              <Td className="numeric text-right">{line.toLocaleString('en')}</Td>
              <Td className="min-w-32 max-sm:hidden">
                <span className="literal wrap-anywhere">{visibleText(column ?? '')}</span>
              </Td>
              <Td className="min-w-36 max-w-64 max-sm:hidden">
                <span className="literal wrap-anywhere">{visibleText(value ?? '')}</span>
              </Td>
              <Td className="w-full min-w-48">
                <Badge tone="danger">{REJECT_WORDS[code]}</Badge>{' '}
                <span className="wrap-anywhere">{visibleText(reason)}</span>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
