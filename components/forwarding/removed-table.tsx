import { Undo2 } from 'lucide-react'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import type { FormAction } from '@/lib/errors/form-state'
import type { RemovedDestination } from '@/lib/forwarding/list-removed'
import { fullName } from './destination-summary'
import { IdActionButton } from './id-action-button'
import { ROLE_TEXTS } from './role-texts'

type Props = {
  removed: readonly RemovedDestination[]
  /** Left out for who may not. */
  restore: FormAction<void> | undefined
  ofRole?: DestinationRole
}

/** What was removed and can still be brought back. */
export function RemovedTable({ removed, restore, ofRole = 'forwarding' }: Props) {
  const words = ROLE_TEXTS[ofRole]
  return (
    <TableFrame label={words.removed}>
      <Table>
        <thead>
          <tr>
            <Th>{words.column}</Th>
            <Th className="max-sm:hidden">{words.kind}</Th>
            <Th className="max-lg:hidden">{words.removedAt}</Th>
            <Th>Deleted for good</Th>
            {restore && (
              <Th>
                <span className="sr-only">Undo</span>
              </Th>
            )}
          </tr>
        </thead>
        <tbody>
          {removed.map(({ id, name, kindLabel, note, removedAt, restorableUntil }) => (
            <Tr key={id}>
              <Td className="w-full min-w-40">
                <span className="wrap-anywhere">{name}</span>
                {note && <p className="line-clamp-1 text-quiet text-xs">{note}</p>}
              </Td>
              <Td className="whitespace-nowrap max-sm:hidden">{kindLabel}</Td>
              <Td className="max-lg:hidden">
                <Time value={removedAt.toISOString()} />
              </Td>
              <Td>
                <Time value={restorableUntil.toISOString()} />
              </Td>
              {restore && (
                <Td className="text-right">
                  <IdActionButton
                    id={id}
                    action={restore}
                    size="sm"
                    pendingLabel="Undoing …"
                    done={`${fullName({ name, note })} is back, as it was`}
                  >
                    <Undo2 aria-hidden />
                    Undo
                  </IdActionButton>
                </Td>
              )}
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
