import { Badge } from '@/components/ui/badge'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { Erasure } from '@/lib/erasure/erasure'
import { REASON_WORDS } from './reason-codes'

/** What was erased, or is being erased; nothing here says of whom. */
export function ErasureTable({ erasures }: { erasures: Erasure[] }) {
  return (
    <TableFrame label="Erasures">
      <Table>
        <thead>
          <tr>
            <Th>Asked</Th>
            <Th>What</Th>
            <Th className="text-right">Events</Th>
            <Th>State</Th>
            <Th>By</Th>
          </tr>
        </thead>
        <tbody>
          {erasures.map((erasure) => (
            <ErasureRow key={erasure.id} erasure={erasure} />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

function ErasureRow({ erasure }: { erasure: Erasure }) {
  const { kind, reasonCode, note, pointers, events, requestedBy, requestedAt } = erasure
  return (
    <Tr>
      <Td>
        <Time value={requestedAt.toISOString()} />
      </Td>
      <Td className="w-full min-w-56">
        {kind === 'actor' ? 'Everything about one actor' : 'Chosen values'}
        <span className="wrap-anywhere block text-quiet text-xs">
          {REASON_WORDS[reasonCode]}
          {note && ` · ${visibleText(note)}`}
        </span>
        {pointers.length > 0 && (
          <code className="literal wrap-anywhere block text-faint">
            {pointers
              .map((pointer) => (pointer === '' ? 'the whole event' : visibleText(pointer)))
              .join('  ')}
          </code>
        )}
      </Td>
      <Td className="numeric text-right">{events.toLocaleString('en')}</Td>
      <Td className="min-w-44">
        <ErasureState erasure={erasure} />
      </Td>
      <Td className="wrap-anywhere min-w-40">{visibleText(requestedBy)}</Td>
    </Tr>
  )
}

function ErasureState({ erasure: { state, progress, waitsFor } }: { erasure: Erasure }) {
  if (state === 'done') return <Badge tone="accent">done</Badge>
  const { done, total } = progress
  return (
    <span className="flex flex-col gap-1">
      <span className="flex items-center gap-2">
        <ProgressBar label="Events looked at" share={total === 0 ? 0 : done / total} />
        <span className="numeric text-quiet text-xs">
          {total === 0 ? 0 : Math.floor((100 * done) / total)} %
        </span>
      </span>
      {waitsFor && <span className="text-warning text-xs">{visibleText(waitsFor)}</span>}
    </span>
  )
}
