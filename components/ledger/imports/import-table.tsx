import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import { ENTITY_LABELS } from '@/lib/ledger/entity-types'
import type { ImportSummary } from '@/lib/ledger/imports/import-view'
import { countWords, MODE_WORDS } from './import-words'

type Props = {
  /** Of the section. */
  path: string
  imports: readonly ImportSummary[]
}

/** Imports, latest first, each with what it did. */
export function ImportTable({ path, imports }: Props) {
  return (
    <TableFrame label="Imports">
      <Table>
        <thead>
          <tr>
            <Th>When</Th>
            <Th>File</Th>
            <Th>What it did</Th>
            <Th className="max-md:hidden">By</Th>
          </tr>
        </thead>
        <tbody>
          {imports.map((one) => (
            <Tr key={one.id}>
              <Td>
                <Link
                  href={`${path}/imports/${one.id}`}
                  className="rounded-sm font-medium underline-offset-3 hover:underline"
                >
                  <Time value={(one.appliedAt ?? one.requestedAt).toISOString()} />
                </Link>
                <p className="text-xs">
                  <ImportBadge state={one.state} />
                </p>
              </Td>
              <Td className="min-w-36">
                {ENTITY_LABELS[one.type].many}
                <p className="wrap-anywhere text-quiet text-xs">
                  {[visibleText(one.name), MODE_WORDS[one.mode]].filter(Boolean).join(' · ')}
                </p>
              </Td>
              <Td className="numeric w-full min-w-40">{countWords(one)}</Td>
              <Td className="wrap-anywhere min-w-32 max-md:hidden">
                {visibleText(one.appliedBy ?? one.requestedBy)}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

export function ImportBadge({ state }: { state: ImportSummary['state'] }) {
  if (state === 'preview') return <Badge tone="warning">not applied yet</Badge>
  if (state === 'discarded') return <Badge>discarded</Badge>
  return <Badge tone="accent">applied</Badge>
}
