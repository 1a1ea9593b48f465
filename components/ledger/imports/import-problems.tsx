'use client'

import { useEffect, useRef } from 'react'
import { Notice } from '@/components/ui/notice'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { visibleText } from '@/components/ui/visible-text'
import type { ImportProblem } from '@/lib/ledger/imports/import-view'

/** Why a file is not taken, by line and column. */
export function ImportProblems({ problems }: { problems: readonly ImportProblem[] }) {
  const place = useRef<HTMLDivElement>(null)
  // They stand above a long form, whose button is below it.
  useEffect(() => {
    if (problems.length > 0) place.current?.scrollIntoView({ block: 'nearest' })
  }, [problems])
  return (
    <div ref={place} className="flex scroll-mt-4 flex-col gap-2">
      <Notice kind="error" title="The file is not taken as it is">
        Nothing of it was kept. Mend these lines and choose it again.
      </Notice>
      <TableFrame label="Problems" className="max-h-96 overflow-y-auto">
        <Table>
          <thead>
            <tr>
              <Th className="text-right">Line</Th>
              <Th>Column</Th>
              <Th>Problem</Th>
            </tr>
          </thead>
          <tbody>
            {problems.map(({ line, column, detail }) => (
              <Tr key={`${line} ${column} ${detail}`}>
                <Td className="numeric text-right">{line.toLocaleString('en')}</Td>
                <Td className="literal wrap-anywhere min-w-28">{visibleText(column ?? '')}</Td>
                <Td className="wrap-anywhere w-full min-w-48">{visibleText(detail)}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </TableFrame>
    </div>
  )
}
